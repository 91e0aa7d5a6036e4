"""A little universe of law and people for tests about analyses.

Example Act (XX)  Article 1, Article 2        Example Privacy Act (XX)  Article 1
Example Commissioner enforces the first       ada drafts, bert reviews
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import User

from clauses.acts.publish import publish, review, submit
from clauses.acts.write_analysis import ActionDraft, Draft, LawDraft, write_analysis
from clauses.models import Agency, Analysis, Article, Clause, Jurisdiction, Regulation

AT = datetime(2026, 12, 1, tzinfo=UTC)


def make_law() -> None:
    Jurisdiction.objects.get_or_create(code="XX", name="Exampleland")
    for slug, name in (("example-act", "Example Act"), ("example-privacy-act", "Example Privacy Act")):
        law, _ = Regulation.objects.get_or_create(
            slug=slug,
            defaults={
                "name": f"{name} of 2001",
                "short_name": name,
                "citation": "No. 1",
                "jurisdiction_id": "XX",
                "kind": "statute",
                "status": "in_force",
                "applies_from": date(2001, 1, 1),
                "official_url": "https://law.example/",
                "summary": "A law.",
            },
        )
        for position, label in enumerate(("Article 1", "Article 2"), start=1):
            Article.objects.get_or_create(
                regulation=law,
                slug=f"art-{position}",
                defaults={"label": label, "title": "A title", "summary": "What it asks.", "position": position},
            )
    Agency.objects.get_or_create(
        slug="example-commissioner",
        defaults={
            "name": "Example Commissioner",
            "jurisdiction_id": "XX",
            "description": "A body.",
            "complaint": "Anybody, by letter.",
            "url": "https://agency.example/",
            "complaint_url": "https://agency.example/complain/",
        },
    )


def person(name: str) -> User:
    return User.objects.get_or_create(username=name, defaults={"first_name": name.title(), "last_name": "Test"})[0]


def draft(**changes: Any) -> Draft:
    fields = {
        "stance": "does",
        "ground": "explicit",
        "confidence": "high",
        "confidence_reason": "The words are plain.",
        "refusal": "none_named",
        "anonymised": "not_said",
        "exposure": "low",
        "exposure_text": "It is usual.",
        "summary": "It says this.",
        "why": "It matters since the Example Act asks for more.",
        "note": "Read as written.",
        "impact": "You are bound by it.",
        "landscape": "The Example Act has something to say.",
        "jurisdictions": "Exampleland.",
        "contracts": "None.",
        "compliance": "Look at it.",
        **{
            f"{key}_finding": "Found so"
            for key in ("rights", "choice", "reach", "exposure", "discretion", "sensitivity")
        },
        "rights": 2,
        "choice": 2,
        "reach": 2,
        "exposure_points": 2,
    }
    given: dict[str, Any] = {
        "title": "A title of its own",
        "fields": fields | changes.pop("fields", {}),
        "actions": [ActionDraft("Write", "Write a letter.", rests_on=[("example-act", "Article 1")], where=["XX"])],
        "laws": [LawDraft("example-act", ["Article 1", "Article 2"], "It bears on this")],
        "agencies": [("example-commissioner", "It hears complaints")],
    }
    return Draft(**given | changes)


def written(clause: Clause, **changes: Any) -> Analysis:
    make_law()
    version = clause.last_seen
    assert version is not None
    return write_analysis(clause=clause, version=version, draft=draft(**changes), by=person("ada"), at=AT)


def published(clause: Clause, **changes: Any) -> Analysis:
    analysis = written(clause, **changes)
    submit(analysis=analysis)
    review(analysis=analysis, by=person("bert"), at=AT)
    return publish(analysis=analysis, at=AT)
