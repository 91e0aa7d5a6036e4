"""Records for programs. The tokens are those of the glossary; every quotation can be checked against text_url."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from clauses.find import quoted_passages
from clauses.models import Clause, Passage
from platforms.models import Document, Snapshot, StoredText, Takedown, Version
from platforms.published import stamp


def clause_record(clause: Clause) -> dict[str, Any]:
    """Return a clause: at the top its newest wording, in the version that last carried it."""
    document = clause.document
    ordered = quoted_passages(clause)
    first = ordered[0] if ordered else None
    version = clause.last_seen
    hidden = version is not None and Takedown.objects.filter(version=version).exists()
    quoted = [] if hidden else [_passage(passage) for passage in ordered]
    return {
        "id": clause.record_id,
        "platform": platform_part(document),
        "document": document_part(document),
        "type": {"slug": clause.type.slug, "name": clause.type.name, "category": clause.type.category.slug},
        "title": clause.title,
        "state": clause.state,
        "stance": clause.stance,
        "standing": clause.standing,
        "severity": clause.severity or None,
        "confidence": _confidence(clause, first),
        "quotation": quoted[0]["quotation"] if quoted else None,
        "start": quoted[0]["start"] if quoted else None,
        "end": quoted[0]["end"] if quoted else None,
        "passages": quoted,
        "version": version_part(version, document) if version is not None else None,
        "analysis": _analysis(clause),
        "machine": {
            "found": True,
            "stance": clause.found_stance,
            "reader": first.provision.release if first else None,
            "score": first.provision.score if first else None,
            "why": first.provision.why if first else [],
        },
        "url": settings.SITE_URL + clause.get_absolute_url(),
    }


def rejected_record(clause: Clause) -> dict[str, Any]:
    """Return what is left to say of a clause that a curator rejected."""
    return {
        "id": clause.record_id,
        "document": document_part(clause.document),
        "title": clause.title,
        "state": clause.state,
        "rejected_because": clause.rejected_because,
        "rejected_at": stamp(clause.curated_at),
        "url": settings.SITE_URL + clause.get_absolute_url(),
    }


def document_record(document: Document) -> dict[str, Any]:
    """Return a document with its latest good version."""
    latest = document.latest_version
    return {
        **document_part(document),
        "platform": platform_part(document),
        "nature": document.nature,
        "language": document.language,
        "source_url": document.source_url or None,
        "versions": document.versions.count(),
        "version": version_part(latest, document) if latest is not None else None,
        "clauses": [
            {"id": clause.record_id, "type": clause.type.slug, "stance": clause.stance, "standing": clause.standing}
            for clause in Clause.objects.filter(document=document).shown().select_related("type").in_document_order()
        ],
    }


def _confidence(clause: Clause, first: Passage | None) -> str | None:
    """Return the curator's confidence where an analysis stands, else the reader's."""
    if clause.severity and clause.analysis is not None:
        return str(clause.analysis.confidence)
    return first.provision.confidence if first else None


def _analysis(clause: Clause) -> dict[str, Any] | None:
    """Return the newest published revision as it was stored, with its hash and what became of it.

    Of one whose words were taken down the hash alone.
    """
    analysis = clause.analysis
    if analysis is None:
        return None
    is_hidden = Takedown.objects.filter(version=analysis.version_id).exists()
    return {
        "state": analysis.state,
        "sha256": bytes(analysis.sha256 or b"").hex(),
        "retraction_reason": analysis.retraction_reason or None,
        "record": None if is_hidden else json.loads(bytes(analysis.record or b"null")),
    }


def platform_part(document: Document) -> dict[str, Any]:
    """Return the platform of a document, as records name it."""
    platform = document.platform
    return {
        "slug": platform.slug,
        "name": platform.name,
        "operator": platform.operator.name,
        "is_demonstration": platform.is_demonstration,
        "url": settings.SITE_URL + platform.get_absolute_url(),
    }


def document_part(document: Document) -> dict[str, Any]:
    """Return a document by its names, as records name it."""
    return {
        "id": document.record_id,
        "title": document.title,
        "kind": document.kind,
        "url": settings.SITE_URL + document.get_absolute_url(),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "quotation": passage.provision.words,
        "start": passage.start,
        "end": passage.end,
        "paragraph": passage.ordinal,
        "heading": passage.heading,
        "match": passage.match,
        "sha256": bytes(passage.sha256).hex(),
        "stance": passage.provision.stance,
    }


def version_part(version: Version, document: Document) -> dict[str, Any]:
    """Return a version with its addresses, hashes and provenance, as records name it."""
    address = [document.platform.slug, document.slug, version.number]
    snapshot = version.snapshot
    text_sha256 = StoredText.objects.filter(versions=version).values_list("sha256", flat=True).first()
    return {
        "number": version.number,
        "captured_at": version.captured_at.isoformat().replace("+00:00", "Z"),
        "extractor": version.extractor,
        "url": settings.SITE_URL + reverse("version", args=address),
        "text_url": settings.SITE_URL + reverse("version_text", args=address),
        "text_sha256": bytes(text_sha256).hex() if text_sha256 is not None else None,
        "raw_url": settings.SITE_URL + reverse("version_raw", args=address),
        "raw_sha256": bytes(snapshot.sha256).hex(),
        "provenance": _provenance(snapshot),
    }


def _provenance(snapshot: Snapshot) -> dict[str, Any]:
    shown: dict[str, Any] = {"method": snapshot.method}
    if snapshot.collection is not None:
        shown |= {
            "collection": snapshot.collection.name,
            "repository": snapshot.repository,
            "commit": snapshot.commit,
            "path": snapshot.path,
            "claimed_kind": snapshot.claimed_kind,
            "licence": snapshot.collection.licence,
            "attribution": snapshot.collection.attribution,
        }
    elif snapshot.url:
        shown |= {"url": snapshot.url, "final_url": snapshot.final_url or None, "http_status": snapshot.http_status}
    return shown
