"""What changed since I agreed? A day answers with the version that stood on it, and all that changed from it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import BadRequest

from changes.models import ChangeRecord, ClauseChange, Touch
from clauses.models import Clause, Severity, Stance
from platforms.models import Class, Document

LISTED = 100
"""Changes that one answer lists; the totals are of all."""
ORDER = (Touch.STANCE_CHANGED, Touch.REMOVED, Touch.ADDED, Touch.REWORDED, Touch.MOVED)


@dataclass(frozen=True, slots=True)
class Stood:
    """A version as far as the question goes."""

    pk: int
    number: int
    captured_at: datetime
    kind: Class
    is_good: bool
    changes_words: bool


@dataclass(slots=True)
class ClauseSince:
    """What all changes since then did to one clause, taken together."""

    clause: Clause
    touches: list[ClauseChange]  # the earliest first

    @property
    def old_stance(self) -> str:
        """Return the stance then; empty where the clause was not there."""
        return self.touches[0].old_stance

    @property
    def new_stance(self) -> str:
        """Return the stance now; empty where the clause is gone."""
        return self.touches[-1].new_stance

    @property
    def touch(self) -> Touch | None:
        """Return what became of the clause; None where it came and went again."""
        if not self.old_stance or not self.new_stance:
            return Touch.ADDED if self.new_stance else Touch.REMOVED if self.old_stance else None
        if self.old_stance != self.new_stance and Stance.UNSTATED not in (self.old_stance, self.new_stance):
            return Touch.STANCE_CHANGED
        return Touch.MOVED if all(one.touch == Touch.MOVED for one in self.touches) else Touch.REWORDED

    @property
    def severity(self) -> Severity:
        """Return the severity of the heaviest of the changes."""
        return min((Severity(one.severity) for one in self.touches), key=list(Severity).index)

    @property
    def rank(self) -> tuple[int, int]:
        """Return where the clause stands in a list: changed stances first, then the heaviest."""
        touch = self.touch
        return (ORDER.index(touch) if touch is not None else len(ORDER), list(Severity).index(self.severity))


@dataclass(frozen=True, slots=True)
class Between:
    """A change within whose window the day lies: either wording may have stood. `other` is the version not taken."""

    record: ChangeRecord
    other: int


@dataclass(slots=True)
class Agreed:
    """The answer. `version` is None where nothing was captured by the end of the day; `first` was the first then.

    `unclear` are technical versions with other words, `flaps` returns to earlier words: neither makes a record.
    """

    day: date
    version: Stood | None
    first: Stood | None
    latest: Stood | None
    records: list[ChangeRecord] = field(default_factory=list)
    windows: list[Between] = field(default_factory=list)
    clauses: list[ClauseSince] = field(default_factory=list)
    unclear: list[Stood] = field(default_factory=list)
    flaps: list[Stood] = field(default_factory=list)

    @property
    def start(self) -> Stood | None:
        """Return the version from which changes are told."""
        return self.version or self.first

    @property
    def is_still(self) -> bool:
        """Tell that no word differs since, whatever else does."""
        return self.version is not None and not (self.records or self.unclear or self.flaps)

    @property
    def listed(self) -> list[ChangeRecord]:
        """Return the changes that are listed."""
        return self.records[:LISTED]

    @property
    def heaviest(self) -> Severity | None:
        """Return the severity of the heaviest change."""
        return min((Severity(one.severity) for one in self.records), key=list(Severity).index, default=None)


def day_asked(written: str, now: datetime) -> date | None:
    """Return the day that was asked for; None where none was. Raises BadRequest on no day, or one to come."""
    written = written.strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadRequest(f"“{written}” is no day; write it as year, month and day, such as 2026-05-02.") from None
    if day > now.astimezone(UTC).date():
        raise BadRequest(f"{day.day} {day:%B %Y} is still to come: nobody knows what will stand then.")
    return day


def agreed(document: Document, day: date, versions: Sequence[Stood]) -> Agreed:
    """Return what changed in a document since a day. Two queries. `versions` are all of its versions, in order."""
    end = datetime.combine(day, time(), UTC) + timedelta(days=1)
    good = [one for one in versions if one.is_good]
    before = [one for one in good if one.captured_at < end]
    found = Agreed(day, before[-1] if before else None, good[0] if good else None, good[-1] if good else None)
    if found.start is None:
        return found
    records = list(ChangeRecord.objects.shown().filter(document=document).with_names().latest_first())
    for record in records:
        record.document = document
    start = end if before else found.start.captured_at + timedelta(microseconds=1)
    found.records = [one for one in records if one.observed_before >= start]
    found.windows = [
        Between(one, one.version.number if one.observed_before >= end else one.before.number)
        for one in records
        if one.observed_after < end and one.observed_before >= end - _DAY
    ]
    found.clauses = _clauses(document, found.records)
    others = [one for one in good if one.captured_at >= start and one.changes_words]
    found.unclear = [one for one in others if one.kind == Class.TECHNICAL]
    found.flaps = [one for one in others if one.kind == Class.FLAP]
    return found


_DAY = timedelta(days=1)


def _clauses(document: Document, records: Sequence[ChangeRecord]) -> list[ClauseSince]:
    order = {record.pk: place for place, record in enumerate(reversed(records))}
    touches = ClauseChange.objects.filter(record__in=order).select_related("clause")
    by_clause: dict[int, ClauseSince] = {}
    for touch in sorted(touches, key=lambda one: (order[one.record_id], one.position)):
        touch.clause.document = document
        by_clause.setdefault(touch.clause_id, ClauseSince(touch.clause, [])).touches.append(touch)
    return sorted(by_clause.values(), key=lambda one: one.rank)
