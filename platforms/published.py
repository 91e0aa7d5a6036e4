"""What evidence is by value: the record of a version, made when the version is recorded and never again (rule 10).

Names of platform and document are in it as they were that day; no host is. HTML is a rendering of it. The pieces
are those of which the records of analyses and changes are made too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rfc8785

from platforms.models import Document, Snapshot, StoredText, Version

SCHEMA = "conductatlas.version/1"


def record_of(version: Version, text: StoredText | None) -> dict[str, Any]:
    """Return a version with all that is known of where it comes from, as JSON values (`text` needs no body)."""
    document, snapshot = version.document, version.snapshot
    return {
        "schema": SCHEMA,
        "id": document.record_id,
        "revision": version.number,
        **document_record(document),
        "kind": document.kind,
        "language": document.language,
        "version": _version(version, text),
        "text": {"sha256": _hex(text.sha256), "size": text.size, "length": text.length} if text is not None else None,
        "bytes": {"sha256": _hex(snapshot.sha256), "size": snapshot.size},
        "provenance": provenance_record(snapshot),
        "recorded_at": stamp(snapshot.recorded_at),
    }


def provenance_record(snapshot: Snapshot) -> dict[str, Any]:
    """Return where bytes come from: the facts of their method and no other."""
    shown: dict[str, Any] = {"method": snapshot.method}
    if snapshot.collection is not None:
        shown |= {
            "collection": snapshot.collection.name,
            "licence": snapshot.collection.licence,
            "attribution": snapshot.collection.attribution,
            "repository": snapshot.repository,
            "commit": snapshot.commit,
            "path": snapshot.path,
            "claimed_kind": snapshot.claimed_kind,
            "claimed_url": snapshot.claimed_url,
        }
    elif snapshot.url:
        shown |= {
            "url": snapshot.url,
            "final_url": snapshot.final_url,
            "http_status": snapshot.http_status,
            "http_headers": snapshot.http_headers or {},
            "region": snapshot.region,
        }
    return shown


def canonical(record: Mapping[str, Any]) -> bytes:
    """Return the bytes of a record that its hash is of (RFC 8785)."""
    return bytes(rfc8785.dumps(dict(record)))


def stamp(when: datetime | None) -> str:
    """Return a time as records have it, to the second in UTC."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when is not None else ""


def moment(stamped: str) -> datetime:
    """Return the time that a record states."""
    return datetime.fromisoformat(stamped)


def document_record(document: Document) -> dict[str, Any]:
    """Return platform and document by the names of the day."""
    platform = document.platform
    return {
        "platform": {
            "slug": platform.slug,
            "name": platform.name,
            "operator": platform.operator.name,
            "is_demonstration": platform.is_demonstration,
        },
        "document": {
            "id": document.record_id,
            "slug": document.slug,
            "title": document.title,
            "source_url": document.source_url,
        },
    }


def version_record(version: Version) -> dict[str, Any]:
    """Return a version with the hashes of its text and of the bytes that it was extracted from."""
    text = StoredText.objects.defer("body").get(versions=version.pk)
    return _version(version, text)


def _version(version: Version, text: StoredText | None) -> dict[str, Any]:
    return {
        "number": version.number,
        "captured_at": stamp(version.captured_at),
        "extractor": version.extractor,
        "text_sha256": _hex(text.sha256) if text is not None else None,
        "raw_sha256": _hex(version.snapshot.sha256),
    }


def _hex(sha256: bytes | memoryview) -> str:
    return bytes(sha256).hex()
