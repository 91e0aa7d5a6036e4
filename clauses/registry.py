"""The registry's filters: what may be asked for, and the clauses that answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.exceptions import BadRequest

from clauses.models import (
    Category,
    Clause,
    ClauseType,
    Confidence,
    Jurisdiction,
    Provision,
    Regulation,
    Severity,
    Stance,
    Standing,
    State,
)
from clauses.models.clause import ClauseQuerySet
from platforms.models import Platform, Sector

SEARCH_CONFIG = "english"


@dataclass(frozen=True, slots=True)
class Filter:
    """One select of the form: its name in the address, its label, and its choices."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked the registry for."""

    words: str
    filters: list[Filter]

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was asked for at all."""
        return bool(self.words or any(f.chosen for f in self.filters))

    def clauses(self) -> ClauseQuerySet:
        """Return the clauses that answer."""
        chosen = {f.name: f.chosen for f in self.filters if f.chosen}
        clauses = Clause.objects.shown().counted()
        for name, value in chosen.items():
            clauses = clauses.filter(**{LOOKUPS[name]: value})
        if any(name in chosen for name in PUBLISHED_ONLY):
            clauses = clauses.filter(state=State.PUBLISHED)
        if "regulation" in chosen or "jurisdiction" in chosen:  # several articles of one law are one clause
            clauses = Clause.objects.filter(pk__in=clauses.values("pk"))
        if self.words:
            # A query of its own, so that PostgreSQL can take the index on the words.
            asked_for = SearchQuery(self.words, config=SEARCH_CONFIG, search_type="websearch")
            lexemes = SearchVector("words", config=SEARCH_CONFIG)
            clauses = clauses.filter(quoted__in=Provision.objects.annotate(lexemes=lexemes).filter(lexemes=asked_for))
        return clauses


LOOKUPS = {
    "state": "state",
    "standing": "standing",
    "stance": "stance",
    "category": "type__category__slug",
    "type": "type__slug",
    "sector": "document__platform__sector__slug",
    "platform": "document__platform__slug",
    "severity": "severity",
    "confidence": "analysis__confidence",
    "regulation": "analysis__laws__article__regulation__slug",
    "jurisdiction": "analysis__laws__article__regulation__jurisdiction",
}
PUBLISHED_ONLY = ("severity", "confidence", "regulation", "jurisdiction")
"""What only a published analysis has: asking for it keeps published clauses."""


def asked(query: Mapping[str, str]) -> Asked:
    """Return what the words of an address ask for. Raises BadRequest on a value that there is not."""
    types = ClauseType.objects.select_related("category")
    choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "category": ("Category", [(c.slug, c.name) for c in Category.objects.all()]),
        "type": ("Type", [(t.slug, t.name) for t in types]),
        "stance": ("Stance", [*Stance.choices]),
        "standing": ("Standing", [*Standing.choices]),
        "state": ("State", [c for c in State.choices if c[0] in (State.PROPOSED, State.PUBLISHED)]),
        "severity": ("Severity", [*Severity.choices]),
        "confidence": ("Confidence", [*Confidence.choices]),
        "regulation": ("Law", [(r.slug, r.short_name) for r in Regulation.objects.order_by("short_name")]),
        "jurisdiction": ("Jurisdiction", [(j.code, j.name) for j in Jurisdiction.objects.all()]),
        "sector": ("Sector", [(s.slug, s.name) for s in Sector.objects.all()]),
    }
    filters = filters_of(query, choices)
    return Asked(query.get("q", "").strip()[:200], filters)


def filters_of(query: Mapping[str, str], choices: Mapping[str, tuple[str, list[tuple[str, str]]]]) -> list[Filter]:
    """Return the filters of a list, each with label and choices by its name, and that by platform where it is asked.

    Raises BadRequest on a value that there is not.
    """
    filters = []
    for name, (label, options) in choices.items():
        chosen = query.get(name, "").strip()
        if chosen and chosen not in dict(options):
            raise BadRequest(f"There is no {label.lower()} called “{chosen}”. Choose one from the list.")
        filters.append(Filter(name, label, options, chosen))
    platform = query.get("platform", "").strip()
    if platform:
        platform_name = Platform.objects.filter(slug=platform).values_list("name", flat=True).first()
        if platform_name is None:
            raise BadRequest(f"There is no platform called “{platform}”.")
        filters.append(Filter("platform", "Platform", [(platform, platform_name)], platform))
    return filters
