"""The timeline of a platform, drawn to scale: a lane for each document, a triangle for each change by its severity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clauses.models import Severity
from conductatlas.pages.timescale import Placed, Scale, day_of

LANE = 44
"""Pixels from one lane to the next: a line of words, and the marks beneath it."""
NAME, LINE = 12, 32
"""Pixels from the top of a lane to the foot of its name, and to its line."""
NEAREST = 0.8
"""Per cent of the width: marks of a lane nearer to each other are drawn as one, by the heaviest of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it is drawn."""

    at: datetime
    severity: Severity


@dataclass(frozen=True, slots=True)
class Lane:
    """A document with its changes, in order, and the time over which it was watched."""

    name: str
    first: datetime
    last: datetime
    changes: Sequence[Change]


@dataclass(slots=True)
class Mark:
    """A triangle: its place in per cent of the width, and what it says when pointed at."""

    x: float
    severity: Severity
    first: datetime
    last: datetime
    number: int = 1

    @property
    def place(self) -> str:
        """Return its place as it is written."""
        return f"{self.x:.2f}"

    @property
    def says(self) -> str:
        """Say what it stands for."""
        if self.number == 1:
            return f"{day_of(self.first)}: {self.severity.label.lower()}"
        return (
            f"{self.number} changes, {day_of(self.first)} to {day_of(self.last)}: at most {self.severity.label.lower()}"
        )


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with its places: in pixels from the top, in per cent of the width."""

    name: str
    name_y: int
    line_y: int
    x: str
    end: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class LaneTimeline:
    """A drawing, and in words what it shows."""

    height: int
    axis: int
    quarters: list[Placed]
    years: list[Placed]
    lanes: list[DrawnLane]
    says: str


def lane_timeline(lanes: Sequence[Lane]) -> LaneTimeline:
    """Return the drawing of some documents' changes; there is at least one lane."""
    times = [at for lane in lanes for at in (lane.first, lane.last, *(change.at for change in lane.changes))]
    scale = Scale.over(times)
    axis = LANE * len(lanes) + 6
    total = sum(len(lane.changes) for lane in lanes)
    span = f"{total} change{'' if total == 1 else 's'} between {day_of(min(times))} and {day_of(max(times))}"
    each = "; ".join(f"{lane.name}: {len(lane.changes)}" for lane in lanes)
    return LaneTimeline(
        height=axis + 24,
        axis=axis,
        quarters=scale.quarters(),
        years=scale.years(),
        lanes=[_drawn(lane, LANE * number, scale) for number, lane in enumerate(lanes)],
        says=f"{span}. {each}.",
    )


def _drawn(lane: Lane, top: int, scale: Scale) -> DrawnLane:
    marks: list[Mark] = []
    for change in sorted(lane.changes, key=lambda change: change.at):
        x = scale.place(change.at)
        if marks and x - marks[-1].x < NEAREST:
            mark = marks[-1]
            mark.last, mark.number = change.at, mark.number + 1
            mark.severity = min(mark.severity, change.severity, key=list(Severity).index)
        else:
            marks.append(Mark(x, change.severity, change.at, change.at))
    return DrawnLane(
        name=lane.name,
        name_y=top + NAME,
        line_y=top + LINE,
        x=f"{scale.place(lane.first):.2f}",
        end=f"{scale.place(lane.last):.2f}",
        marks=marks,
    )
