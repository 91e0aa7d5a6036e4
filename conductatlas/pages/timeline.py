"""Timelines drawn to scale: quarters as the graduated axis, versions as ticks, wordings as steps, analyses as flags."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

STEP = 22
"""Pixels from one step to the next."""
STEPS = 4
"""Steps side by side; further wordings begin again from the lowest."""
NARROWEST_LABEL = 9.0
"""Per cent of the width that a block needs for its label."""
THIN = 22.0
"""Per cent of the width below which a block has no room for its label on a phone."""
THIN_YEAR, LAST_THIN_YEAR = 11.0, 90.0
"""Per cent of the width that a year needs on a phone, and from which it has no room there."""
LAST_FLAG = 94.0
"""Per cent of the width from which a flag has no room for its label at all."""
MOST_QUARTERS = 64


@dataclass(frozen=True, slots=True)
class Block:
    """A span of time with its name."""

    label: str
    start: datetime
    end: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A moment with its name."""

    label: str
    at: datetime


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
class Timeline:
    """A drawing, and in words what it shows."""

    height: int
    axis: int
    quarters: list[Placed]
    years: list[Placed]
    ticks: list[str]
    blocks: list[Placed]
    flags: list[Placed]
    says: str


def timeline(moments: Sequence[datetime], blocks: Sequence[Block], flags: Sequence[Flag] = ()) -> Timeline:
    """Return the drawing of a history. `moments` are the times of the versions, in order; there is at least one."""
    everything = [*moments, *(flag.at for flag in flags), *(block.end for block in blocks)]
    first, last = _quarter(min(everything)), _next_quarter(max(everything))
    length = (last - first) / timedelta(days=1)

    def place(at: datetime) -> float:
        return 100 * ((at - first) / timedelta(days=1)) / length

    steps = min(STEPS, len(blocks)) or 1
    axis = 10 + STEP * steps + (STEP if flags else 0)
    placed = []
    for number, block in enumerate(blocks):
        x, end = place(block.start), place(block.end if not block.is_now else last)
        y = 10 + STEP * (steps - 1 - number % steps)
        width = max(0.6, end - x)
        placed.append(
            Placed(block.label, f"{x:.2f}", f"{width:.2f}", y, block.is_now, width >= NARROWEST_LABEL, width < THIN)
        )
    marks = [
        Placed(
            flag.label, f"{place(flag.at):.2f}", "", axis - 20, False, place(flag.at) < LAST_FLAG, place(flag.at) > 75
        )
        for flag in flags
    ]
    said = [
        f"{block.label} from {_day(block.start)}{'' if block.is_now else f' to {_day(block.end)}'}" for block in blocks
    ]
    said += [f"{flag.label} of {_day(flag.at)}" for flag in flags]
    return Timeline(
        height=axis + 24,
        axis=axis,
        quarters=_quarters(first, last, place),
        years=_years(first, last, place),
        ticks=[f"{place(at):.2f}" for at in moments],
        blocks=placed,
        flags=marks,
        says="; ".join(said) or f"{len(moments)} versions",
    )


def _quarter(at: datetime) -> datetime:
    at = at.astimezone(UTC)
    return datetime(at.year, 3 * ((at.month - 1) // 3) + 1, 1, tzinfo=UTC)


def _next_quarter(at: datetime) -> datetime:
    return _quarter(_quarter(at) + timedelta(days=95))


def _quarters(first: datetime, last: datetime, place: Callable[[datetime], float]) -> list[Placed]:
    """Return the graduations of the axis: quarters, or years where quarters would be too many."""
    edges = [first]
    while edges[-1] < last:
        edges.append(_next_quarter(edges[-1]))
    if len(edges) > MOST_QUARTERS:
        edges = [edge for n, edge in enumerate(edges) if edge.month == 1 or n in (0, len(edges) - 1)]
    return [
        Placed("", f"{place(start):.2f}", f"{place(end) - place(start):.2f}", 0, n % 2 == 0, False)
        for n, (start, end) in enumerate(itertools.pairwise(edges))
    ]


def _years(first: datetime, last: datetime, place: Callable[[datetime], float]) -> list[Placed]:
    """Return the years with the place of their first day; labels too near to each other are left out."""
    years = [Placed(str(first.year), "0.00", "", 0, False, True)]
    shown_on_phones = 0.0
    for year in range(first.year + 1, last.year + 1):
        x = place(datetime(year, 1, 1, tzinfo=UTC))
        if x - float(years[-1].x) >= 6 and x <= 96:
            is_thin = x - shown_on_phones < THIN_YEAR or x > LAST_THIN_YEAR
            years.append(Placed(str(year), f"{x:.2f}", "", 0, False, True, is_thin))
            shown_on_phones = shown_on_phones if is_thin else x
    return years


def _day(at: datetime) -> str:
    return f"{at.day} {at:%b %Y}"
