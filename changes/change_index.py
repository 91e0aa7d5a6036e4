"""The change index's filters: what may be asked for, the records that answer, and how many of each severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef

from changes.models import ChangeRecord, ClauseChange, Direction, Nature, RecordState, Touch
from changes.models.change_record import ChangeRecordQuerySet
from clauses.models import Category, ClauseType, Severity
from clauses.registry import Filter, filters_of
from platforms.models import DocumentKind, Sector

OF_THE_RECORD = {
    "severity": "severity",
    "direction": "direction",
    "nature": "nature",
    "state": "state",
    "kind": "document__kind",
    "sector": "document__platform__sector__slug",
    "platform": "document__platform__slug",
}
OF_A_CLAUSE = {"touch": "touch", "type": "clause__type__slug", "category": "clause__type__category__slug"}
"""What one and the same clause of a record must answer to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked the index for; the days are in UTC, both included."""

    filters: list[Filter]
    since: date | None
    until: date | None

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was asked for at all."""
        return bool(self.since or self.until or any(f.chosen for f in self.filters))

    def records(self, *, but: str = "") -> ChangeRecordQuerySet:
        """Return the records that answer; `but` names a question that is left open, for counting its answers."""
        chosen = {f.name: f.chosen for f in self.filters if f.chosen and f.name != but}
        found = ChangeRecord.objects.shown().counted()
        found = found.filter(**{OF_THE_RECORD[name]: value for name, value in chosen.items() if name in OF_THE_RECORD})
        of_a_clause = {OF_A_CLAUSE[name]: value for name, value in chosen.items() if name in OF_A_CLAUSE}
        if of_a_clause:
            found = found.filter(Exists(ClauseChange.objects.filter(record=OuterRef("pk"), **of_a_clause)))
        if self.since:
            found = found.since(datetime.combine(self.since, time(), UTC))
        if self.until:
            found = found.filter(observed_before__lt=datetime.combine(self.until, time(), UTC) + timedelta(days=1))
        return found

    def severities(self) -> list[tuple[Severity, int]]:
        """Return how many records have each severity, whichever was asked for. One query."""
        counted = self.records(but="severity").values_list("severity").annotate(n=Count("pk")).order_by()
        numbers = dict(counted)
        return [(severity, numbers.get(severity.value, 0)) for severity in Severity]


def asked(query: Mapping[str, str]) -> Asked:
    """Return what the words of an address ask for. Raises BadRequest on a value that there is not."""
    drafted_or_published = [choice for choice in RecordState.choices if choice[0] != RecordState.WITHDRAWN]
    choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "severity": ("Severity", [*Severity.choices]),
        "direction": ("Direction", [*Direction.choices]),
        "touch": ("What it did", [*Touch.choices]),
        "type": ("Type of clause", [(t.slug, t.name) for t in ClauseType.objects.all()]),
        "category": ("Category", [(c.slug, c.name) for c in Category.objects.all()]),
        "sector": ("Sector", [(s.slug, s.name) for s in Sector.objects.all()]),
        "kind": ("Document", [*DocumentKind.choices]),
        "nature": ("Nature", [*Nature.choices]),
        "state": ("State", drafted_or_published),
    }
    filters = filters_of(query, choices)
    since, until = _day(query, "since"), _day(query, "until")
    if since and until and since > until:
        raise BadRequest(f"No change lies between {since} and {until}: the first of the two days is the later one.")
    return Asked(filters, since, until)


def _day(query: Mapping[str, str], name: str) -> date | None:
    written = query.get(name, "").strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or day.year >= 9999:  # the day after it is asked for too
        raise BadRequest(f"“{written}” is no day; write it as year, month and day, such as 2026-05-02.")
    return day
