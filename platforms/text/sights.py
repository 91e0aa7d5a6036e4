"""What the captures of a document tell of one day: what was seen, and between which sights nobody looked (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Sight:
    """A version from its capture to the last time that it was seen to stand.

    `has_new_words` tells whether its words differ from those of the one before it.
    """

    number: int
    first_at: datetime
    last_at: datetime
    has_new_words: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody looked, and after which other words were seen, or nothing yet (`after` is None)."""

    before: Sight
    after: Sight | None
    is_whole_day: bool
    """The day that was asked about lies in it from its first moment to its last."""

    @property
    def begins(self) -> datetime:
        """Return when the words before were last seen."""
        return self.before.last_at

    @property
    def ends(self) -> datetime | None:
        """Return when the other words were first seen."""
        return self.after.first_at if self.after is not None else None


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day in UTC, and the first of the next."""
    start = datetime.combine(day, time(), UTC)
    return start, start + timedelta(days=1)


def gaps(sights: Sequence[Sight], day: date) -> list[Gap]:
    """Return the gaps that a day lies in, wholly or in part.

    `sights` are the one that stood when the day began, those of the day, and the next one, as far as there are any.
    Between two sights of the same words nothing is asked: as between two visits that found a page unchanged, the
    words are taken to have stood.
    """
    start, end = bounds(day)
    found = []
    for place, before in enumerate(sights):
        after = sights[place + 1] if place + 1 < len(sights) else None
        if after is not None and not after.has_new_words:
            continue
        if before.last_at < end and (after is None or after.first_at > start):
            whole = before.last_at <= start and (after is None or after.first_at >= end)
            found.append(Gap(before, after, whole))
    return found
