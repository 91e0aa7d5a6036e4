"""The scale of a drawn timeline: times as places in per cent of the width, graduated in quarters and years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

THIN_YEAR, LAST_THIN_YEAR = 11.0, 90.0
"""Per cent of the width that a year needs on a phone, and from which it has no room there."""
MOST_QUARTERS = 64


@dataclass(frozen=True, slots=True)
class Placed:
    """Something with its place, in per cent of the width and pixels of height."""

    label: str
    x: str
    width: str
    y: int
    is_now: bool
    has_label: bool
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A span of whole quarters."""

    first: datetime
    last: datetime

    @classmethod
    def over(cls, times: Iterable[datetime]) -> Scale:
        """Return the scale that holds all of some times; there is at least one."""
        known = list(times)
        return cls(_quarter(min(known)), _next_quarter(max(known)))

    def place(self, at: datetime) -> float:
        """Return the place of a time, in per cent of the width."""
        return 100 * ((at - self.first) / (self.last - self.first))

    def quarters(self) -> list[Placed]:
        """Return the graduations of the axis: quarters, or years where quarters would be too many."""
        edges = [self.first]
        while edges[-1] < self.last:
            edges.append(_next_quarter(edges[-1]))
        if len(edges) > MOST_QUARTERS:
            edges = [edge for n, edge in enumerate(edges) if edge.month == 1 or n in (0, len(edges) - 1)]
        return [
            Placed("", f"{self.place(start):.2f}", f"{self.place(end) - self.place(start):.2f}", 0, n % 2 == 0, False)
            for n, (start, end) in enumerate(itertools.pairwise(edges))
        ]

    def years(self) -> list[Placed]:
        """Return the years with the place of their first day; labels too near to each other are left out."""
        years = [Placed(str(self.first.year), "0.00", "", 0, False, True)]
        shown_on_phones = 0.0
        for year in range(self.first.year + 1, self.last.year + 1):
            x = self.place(datetime(year, 1, 1, tzinfo=UTC))
            if x - float(years[-1].x) >= 6 and x <= 96:
                is_thin = x - shown_on_phones < THIN_YEAR or x > LAST_THIN_YEAR
                years.append(Placed(str(year), f"{x:.2f}", "", 0, False, True, is_thin))
                shown_on_phones = shown_on_phones if is_thin else x
        return years


def day_of(at: datetime) -> str:
    """Return a day as drawings say it."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y}"


def _quarter(at: datetime) -> datetime:
    at = at.astimezone(UTC)
    return datetime(at.year, 3 * ((at.month - 1) // 3) + 1, 1, tzinfo=UTC)


def _next_quarter(at: datetime) -> datetime:
    return _quarter(_quarter(at) + timedelta(days=95))
