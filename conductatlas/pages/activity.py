"""What changed: of a clause, of its document and of its platform, as pages of several layers show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import FilteredRelation, Q

from changes.models import ChangeRecord, ClauseChange
from clauses.models import Clause
from platforms.models import Platform

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
TOUCHED, OTHERS = 5, 3
"""Changes of the clause, and others of its document, that its page shows; the rest is counted and linked."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A change that touched the clause, and what it did to it."""

    record: ChangeRecord
    touch: ClauseChange


@dataclass(frozen=True, slots=True)
class Activity:
    """What changed lately around a clause, the latest first."""

    touched: list[Touched]
    others: list[ChangeRecord]
    lately: int

    @property
    def shown(self) -> list[Touched]:
        """Return the changes of the clause that its page shows."""
        return self.touched[:TOUCHED]

    @property
    def earlier(self) -> int:
        """Return how many earlier changes of the clause its page leaves to the timeline."""
        return max(0, len(self.touched) - TOUCHED)

    @property
    def others_shown(self) -> list[ChangeRecord]:
        """Return the other changes of the document that the page shows."""
        return self.others[:OTHERS]

    @property
    def others_more(self) -> int:
        """Return how many others of the last 12 months it leaves to the timeline."""
        return max(0, len(self.others) - OTHERS)

    def record_of(self, version: int) -> ChangeRecord | None:
        """Return the record of the change by which the version with this number touched the clause."""
        return next((one.record for one in self.touched if one.record.version.number == version), None)

    def after(self, at: datetime) -> list[Touched]:
        """Return the changes that touched the clause after a time, the earliest first."""
        return [one for one in self.touched[::-1] if one.record.observed_before > at]


def since(at: datetime, span: timedelta) -> datetime:
    """Return the beginning of the day, in UTC, from which a span up to now is counted: lists filter by days."""
    return (at.astimezone(UTC) - span).replace(hour=0, minute=0, second=0, microsecond=0)


def activity(clause: Clause, at: datetime) -> Activity:
    """Return what changed around a clause, up to a time. One query.

    That is every change that touched it, those of its document in 12 months and the number of its platform's in 30
    days.
    """
    month, year = since(at, MONTH), since(at, YEAR)
    rows = (
        ChangeRecord.objects.shown()
        .annotate(own=FilteredRelation("clause_changes", condition=Q(clause_changes__clause=clause.pk)))
        .filter(
            Q(own__isnull=False)
            | Q(document=clause.document_id, observed_before__gte=year)
            | Q(document__platform=clause.document.platform_id, observed_before__gte=month)
        )
        .with_names()
        .select_related("own")  # type: ignore[misc]
        .latest_first()
    )
    touched, others, lately = [], [], 0
    for record in rows:
        own: ClauseChange | None = getattr(record, "own", None)
        lately += record.observed_before >= month
        if record.document_id != clause.document_id:
            continue
        record.document = clause.document
        if own is not None:
            touched.append(Touched(record, own))
        elif record.observed_before >= year:
            others.append(record)
    return Activity(touched, others, lately)


def in_a_year(platform: Platform, at: datetime) -> int:
    """Return how many changes of a platform were seen in 12 months up to a time. One query."""
    return ChangeRecord.objects.shown().filter(document__platform=platform).since(since(at, YEAR)).count()


def latest_of(platform: Platform, number: int) -> list[ChangeRecord]:
    """Return the latest changes of a platform. One query."""
    rows = ChangeRecord.objects.shown().filter(document__platform=platform).with_names().latest_first()
    return list(rows[:number])
