"""What a draft is by value: every field and part as the form holds them, to be kept, compared and restored.

Articles, agencies and places are in it by the names of the day, as they are typed. A row that is not finished (a law
without its reason, an article that nobody knows) is in the draft and not yet in the analysis: nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Lower

from clauses.models import (
    Agency,
    Analysis,
    Anonymised,
    Article,
    Confidence,
    Exposure,
    Ground,
    Jurisdiction,
    Refusal,
    SavedDraft,
    Stance,
)
from clauses.rubric import FACTORS

Content = dict[str, Any]

POINTS = {factor.key: "exposure_points" if factor.key == "exposure" else factor.key for factor in FACTORS}
"""The column of each factor's points by its key in the rubric; None in a draft means nobody has judged it."""
FINDINGS = {factor.key: f"{factor.key}_finding" for factor in FACTORS}
CHOICES: dict[str, type[models.TextChoices]] = {
    "stance": Stance,
    "ground": Ground,
    "confidence": Confidence,
    "refusal": Refusal,
    "anonymised": Anonymised,
    "exposure": Exposure,
}
"""Fields with one answer of a few; an empty one is not chosen yet."""
WORDS = (
    "title", "summary", "why", "note", "impact", "landscape", "exposure_text", "jurisdictions", "contracts",
    "compliance", "confidence_reason", "interests", *FINDINGS.values(),
)  # fmt: skip
PARTS = {
    "actions": ("title", "steps", "contact", "rests_on", "where"),
    "laws": ("article", "reason"),
    "agencies": ("agency", "reason"),
}
"""The parts that come in rows, with the fields of a row."""


def content_of(analysis: Analysis) -> Content:
    """Return the content of an analysis as its columns and parts have it."""
    values: Content = {name: getattr(analysis, name) for name in (*WORDS, *CHOICES, *POINTS.values())}
    values["actions"] = [
        {
            "title": action.title,
            "steps": action.steps,
            "contact": action.contact,
            "rests_on": [str(article) for article in action.rests_on.all()],
            "where": [place.name for place in action.where.all()],
        }
        for action in analysis.actions.prefetch_related("rests_on__regulation", "where")
    ]
    values["laws"] = [
        {"article": str(link.article), "reason": link.reason}
        for link in analysis.laws.select_related("article__regulation")
    ]
    values["agencies"] = [
        {"agency": link.agency.name, "reason": link.reason} for link in analysis.agencies.select_related("agency")
    ]
    return values


def current_content(analysis: Analysis) -> Content:
    """Return a draft as it was saved last, unfinished rows included; what the columns have where it never was."""
    saved = SavedDraft.objects.filter(analysis=analysis, edition=analysis.edition).values_list("content", flat=True)
    return content_of(analysis) | (saved.first() or {})


@dataclass(frozen=True, slots=True)
class Known:
    """The articles, agencies and places that a draft names, by those names in lower case."""

    articles: Mapping[str, Article]
    agencies: Mapping[str, Agency]
    places: Mapping[str, Jurisdiction]

    @classmethod
    def of(cls, content: Content) -> Known:
        """Read what a draft names, as far as it is known here: three queries."""
        actions = content["actions"]
        articles = [row["article"] for row in content["laws"]] + [one for row in actions for one in row["rests_on"]]
        named = Lower(Concat("regulation__short_name", Value(", "), "label"))
        return cls(
            articles=_by_name(Article.objects.select_related("regulation").annotate(named=named), articles),
            agencies=_by_name(
                Agency.objects.annotate(named=Lower("name")), [row["agency"] for row in content["agencies"]]
            ),
            places=_by_name(
                Jurisdiction.objects.annotate(named=Lower("name")), [one for row in actions for one in row["where"]]
            ),
        )

    def article(self, typed: str) -> Article | None:
        """Return the article that somebody named, or None."""
        return self.articles.get(_key(typed))

    def agency(self, typed: str) -> Agency | None:
        """Return the agency that somebody named, or None."""
        return self.agencies.get(_key(typed))

    def place(self, typed: str) -> Jurisdiction | None:
        """Return the place that somebody named, or None."""
        return self.places.get(_key(typed))


def _by_name(rows: Any, typed: Iterable[str]) -> dict[str, Any]:
    return {row.named: row for row in rows.filter(named__in={_key(name) for name in typed})}


def _key(typed: str) -> str:
    return " ".join(typed.split()).lower()
