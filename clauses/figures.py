"""Counts with honest denominators, all taken from coverage by one query (rule 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from clauses.models import Basis, Clause, ClauseType, Coverage, CoverageState, Severity, State

RARITY = ((0.05, "Rare"), (0.20, "Uncommon"), (0.60, "Common"), (1.01, "Prevalent"))
"""A label holds below its share of the platforms read; one platform alone is singular."""
RARITY_FROM = 12
"""No label until so many platforms were read."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many platforms stand where on one type, on one basis."""

    does: int = 0
    conditional: int = 0
    denies: int = 0
    unstated: int = 0
    none: int = 0
    unread: int = 0

    @property
    def found(self) -> int:
        """Return how many platforms have such a clause."""
        return self.does + self.conditional + self.denies + self.unstated

    @property
    def do(self) -> int:
        """Return how many platforms do it, always or on conditions."""
        return self.does + self.conditional

    @property
    def read(self) -> int:
        """Return how many platforms were read for the type."""
        return self.found + self.none

    @property
    def platforms(self) -> int:
        """Return how many platforms there are."""
        return self.read + self.unread

    @property
    def rarity(self) -> str:
        """Return the label of how common such a clause is among the platforms read; empty where too few were."""
        if self.read < RARITY_FROM or not self.found:
            return ""
        if self.found == 1:
            return "Singular"
        return next(label for below, label in RARITY if self.found / self.read < below)

    def parts(self) -> Iterator[tuple[CoverageState, int]]:
        """Yield each state with its count, in the order in which they are drawn."""
        for state in CoverageState:
            yield state, getattr(self, state.value)


def tallies(*, basis: str = Basis.MACHINE, types: Iterable[int] | None = None) -> dict[int, Tally]:
    """Return the tally of each type, or of some types, by the id of the type. One query."""
    coverage = Coverage.objects.counted(basis)
    if types is not None:
        coverage = coverage.filter(type__in=list(types))
    counts: dict[int, dict[str, int]] = {}
    for row in coverage.tally():
        counts.setdefault(row["type_id"], {})[row["state"]] = row["platforms"]
    return {type_id: Tally(**states) for type_id, states in counts.items()}


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies of one type on both bases, and how many operators run the platforms that they are of."""

    machine: Tally
    published: Tally
    operators: int


def tallies_of(clause_type: ClauseType) -> Tallies:
    """Return the tallies of one type on both bases. One query."""
    counts = {
        f"{basis}_{state}": Count("pk", filter=Q(basis=basis, state=state))
        for basis in Basis.values
        for state in CoverageState.values
    }
    row = (
        Coverage.objects.counted(*Basis.values)
        .filter(type=clause_type)
        .aggregate(operators=Count("platform__operator", distinct=True), **counts)
    )
    machine, published = (
        Tally(**{state: row[f"{basis}_{state}"] for state in CoverageState.values})
        for basis in (Basis.MACHINE, Basis.PUBLISHED)
    )
    return Tallies(machine, published, row["operators"])


def severities(*, types: Iterable[int] | None = None) -> dict[int, dict[str, int]]:
    """Return how many published clauses that stand have each severity, by type. One query."""
    clauses = Clause.objects.standing_now().counted().filter(state=State.PUBLISHED)
    if types is not None:
        clauses = clauses.filter(type__in=list(types))
    split: dict[int, dict[str, int]] = {}
    for type_id, severity, number in clauses.values_list("type", "severity").annotate(n=Count("pk")):
        split.setdefault(type_id, {})[severity] = number
    return split


def severity_split(counts: Mapping[str, int]) -> list[tuple[Severity, int]]:
    """Return how many there are of each severity, the heaviest first, as it is drawn."""
    return [(severity, counts.get(severity.value, 0)) for severity in Severity]
