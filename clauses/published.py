"""What a published analysis is, by value: the record that is hashed and kept (rule 10), and nothing that may change.

Names and texts of laws, platform and document are in it as they were; no host is. HTML is a rendering of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User

from clauses.models import AgencyLink, Analysis, Clause, Jurisdiction, LawLink
from clauses.rubric import FACTORS, MOST
from platforms.models import StoredText
from platforms.published import document_record, stamp, version_record

SCHEMA = "conductatlas.analysis/1"
"""Members may be added under it; none is changed or taken out. The first records lack drafted.with (who else wrote on
the draft), drafted.interests (what ties the authors to the platform or a rival, empty for none declared) and
reviewed.rule.
"""

PROSE = ("summary", "why", "note", "impact", "landscape", "exposure_text", "jurisdictions", "contracts", "compliance")
"""The fields of an analysis that are running text."""


def record_of(analysis: Analysis, *, number: int, published_at: datetime) -> dict[str, Any]:
    """Return an analysis with all that it names, as JSON values."""
    clause, laws = analysis.clause, analysis.laws.select_related("article__regulation__jurisdiction")
    return {
        "schema": SCHEMA,
        "id": clause.record_id,
        "revision": number,
        "title": analysis.title,
        **_subject(clause),
        "version": version_record(analysis.version),
        "passages": passages_of(analysis),
        "stance": analysis.stance,
        "basis": analysis.ground,
        "confidence": {"level": analysis.confidence, "reason": analysis.confidence_reason},
        "severity": severity_record(analysis),
        "refusal": analysis.refusal,
        "anonymised": analysis.anonymised,
        "summary": analysis.summary,
        "why": analysis.why,
        "note": analysis.note,
        "impact": analysis.impact,
        "actions": [_action(action) for action in analysis.actions.prefetch_related("rests_on__regulation", "where")],
        "institutional": {
            "landscape": analysis.landscape,
            "exposure": {"level": analysis.exposure, "text": analysis.exposure_text},
            "jurisdictions": analysis.jurisdictions,
            "contracts": analysis.contracts,
            "compliance": analysis.compliance,
        },
        "laws": [_law(list(links)) for _, links in groupby(laws, key=lambda link: link.article.regulation_id)],
        "agencies": [_agency(link) for link in analysis.agencies.select_related("agency__jurisdiction")],
        "drafted": {
            "by": byline(analysis.drafted_by),
            "at": stamp(analysis.drafted_at),
            "by_machine_first": analysis.is_machine_drafted,
            "with": [byline(user) for user in analysis.others_who_wrote()],
            "interests": analysis.interests,
        },
        "reviewed": {
            "by": byline(analysis.reviewed_by),
            "at": stamp(analysis.reviewed_at),
            "rule": analysis.review_rule,
        },
        "published_at": stamp(published_at),
    }


def severity_record(analysis: Analysis) -> dict[str, Any]:
    """Return the severity with the factors that make it."""
    points, findings = analysis.points, analysis.findings
    return {
        "level": analysis.severity,
        "points": sum(points.values()),
        "of": MOST,
        "rubric": analysis.rubric,
        "factors": [
            {"key": factor.key, "name": factor.name, "points": points[factor.key], "finding": findings[factor.key]}
            for factor in FACTORS
        ],
    }


def passages_of(analysis: Analysis) -> list[dict[str, Any]]:
    """Return the words that an analysis was written for, cut from the stored text."""
    pins = list(analysis.pins.all())
    body = StoredText.objects.values_list("body", flat=True).get(versions=analysis.version_id) if pins else ""
    return [
        {
            "paragraph": pin.ordinal,
            "heading": pin.heading,
            "start": pin.start,
            "end": pin.end,
            "sha256": bytes(pin.sha256).hex(),
            "quotation": body[pin.start : pin.end],
        }
        for pin in pins
    ]


def byline(user: User | None) -> str:
    """Return the name under which somebody signs: their full name, or else their user name."""
    if user is None:
        return ""
    return user.get_full_name() or user.get_username()


def _subject(clause: Clause) -> dict[str, Any]:
    """Return what the analysis is about, by the names of the day: type, platform and document."""
    category = clause.type.category
    return {
        "type": {
            "slug": clause.type.slug,
            "name": clause.type.name,
            "category": {"slug": category.slug, "name": category.name},
        },
        **document_record(clause.document),
    }


def _agency(link: AgencyLink) -> dict[str, Any]:
    return {
        "slug": link.agency.slug,
        "name": link.agency.name,
        "jurisdiction": _place(link.agency.jurisdiction),
        "complaint_url": link.agency.complaint_url,
        "reason": link.reason,
    }


def _action(action: Any) -> dict[str, Any]:
    return {
        "title": action.title,
        "steps": action.steps,
        "contact": action.contact,
        "rests_on": [
            {
                "law": article.regulation.slug,
                "short_name": article.regulation.short_name,
                "article": article.label,
                "anchor": article.slug,
            }
            for article in sorted(action.rests_on.all(), key=lambda one: (one.regulation.short_name, one.position))
        ],
        "where": [_place(place) for place in action.where.all()],
    }


def _law(links: Sequence[LawLink]) -> dict[str, Any]:
    law = links[0].article.regulation
    return {
        "slug": law.slug,
        "short_name": law.short_name,
        "name": law.name,
        "other_names": law.other_names,
        "citation": law.citation,
        "jurisdiction": _place(law.jurisdiction),
        "status": law.status,
        "applies_from": law.applies_from.isoformat() if law.applies_from else None,
        "status_note": law.status_note,
        "official_url": law.official_url,
        "articles": [
            {
                "label": link.article.label,
                "anchor": link.article.slug,
                "title": link.article.title,
                "summary": link.article.summary,
                "reason": link.reason,
            }
            for link in links
        ],
    }


def _place(place: Jurisdiction) -> dict[str, str]:
    return {"code": place.code, "name": place.name}
