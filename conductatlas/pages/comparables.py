"""The same type of clause at other operators: one platform each, by the sentence that says it, in full (rule 9)."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from clauses.find import sentence_of
from clauses.models import Basis, Clause, Coverage, Severity, Stance
from clauses.models.analysis import Analysis
from clauses.models.coverage import FOUND
from clauses.text.matching import normal_words

COMPARED = 80
"""Wordings of other operators that are weighed for comparison."""
COMPARABLES = 5
SORTS = ("likeness", "platform", "stance", "severity", "refusal", "anonymised")


@dataclass(frozen=True, slots=True)
class Comparable:
    """A clause of the same type at another operator."""

    clause: Clause
    sentence: str
    likeness: float

    @property
    def analysis(self) -> Analysis | None:
        """Return what is published about it, if anything stands."""
        return self.clause.analysis if self.clause.severity else None


def comparables(shown: Clause, *, sort: str) -> list[Comparable]:
    """Return the nearest, those of the same stance before others, sorted as asked for. One query."""
    own = shown.document.platform
    rows = (
        Coverage.objects.filter(type=shown.type, basis=Basis.MACHINE, state__in=FOUND)
        .filter(platform__is_demonstration=own.is_demonstration)
        .exclude(platform__operator=own.operator_id)
        .order_by("platform__operator_id", "platform_id")
        .distinct("platform__operator_id")
        .select_related("platform", "clause__document", "clause__quoted", "clause__last_seen", "clause__analysis")
        .only(
            "platform__name",
            "platform__slug",
            "platform__sort_name",
            "clause__slug",
            "clause__title",
            "clause__stance",
            "clause__found_stance",
            "clause__severity",
            "clause__document__slug",
            "clause__document__title",
            "clause__document__platform",
            "clause__quoted__words",
            "clause__quoted__stance",
            "clause__last_seen__captured_at",
            "clause__last_seen__number",
            "clause__analysis__refusal",
            "clause__analysis__anonymised",
        )[:COMPARED]
    )
    words = normal_words(shown.quoted.words) if shown.quoted is not None else ""
    weighed = []
    for row in rows:
        if row.clause is None or row.clause.quoted is None:
            continue
        row.clause.document.platform = row.platform
        likeness = fuzz.token_set_ratio(words, normal_words(row.clause.quoted.words)) / 100
        weighed.append((row.clause.stance != shown.stance, -likeness, row.platform.sort_name, row.clause))
    weighed.sort(key=lambda one: one[:3])
    nearest = [
        Comparable(clause, sentence_of(clause, shown.type), -likeness)
        for _other_stance, likeness, _name, clause in weighed[:COMPARABLES]
    ]
    return _sorted(nearest, sort)


def _sorted(nearest: list[Comparable], sort: str) -> list[Comparable]:
    def last(value: str | None, order: list[str]) -> int:
        return order.index(value) if value in order else len(order)

    if sort == "platform":
        return sorted(nearest, key=lambda one: one.clause.document.platform.name.casefold())
    if sort == "stance":
        return sorted(nearest, key=lambda one: last(one.clause.stance, Stance.values))
    if sort == "severity":
        return sorted(nearest, key=lambda one: last(one.clause.severity, Severity.values))
    if sort in ("refusal", "anonymised"):
        return sorted(nearest, key=lambda one: str(getattr(one.analysis, sort, "~")))
    return sorted(nearest, key=lambda one: -one.likeness)
