"""Timelines drawn to scale: quarters as the graduated axis, versions as ticks, wordings as steps, analyses as flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from conductatlas.pages.timescale import Placed, Scale, day_of

STEP = 22
"""Pixels from one step to the next."""
STEPS = 4
"""Steps side by side; further wordings begin again from the lowest."""
NARROWEST_LABEL = 9.0
"""Per cent of the width that a block needs for its label."""
THIN = 22.0
"""Per cent of the width below which a block has no room for its label on a phone."""
LAST_FLAG = 94.0
"""Per cent of the width from which a flag has no room for its label at all."""


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
    scale = Scale.over([*moments, *(flag.at for flag in flags), *(block.end for block in blocks)])
    place = scale.place
    steps = min(STEPS, len(blocks)) or 1
    axis = 10 + STEP * steps + (STEP if flags else 0)
    placed = []
    for number, block in enumerate(blocks):
        x, end = place(block.start), place(block.end if not block.is_now else scale.last)
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
        f"{block.label} from {day_of(block.start)}{'' if block.is_now else f' to {day_of(block.end)}'}"
        for block in blocks
    ]
    said += [f"{flag.label} of {day_of(flag.at)}" for flag in flags]
    return Timeline(
        height=axis + 24,
        axis=axis,
        quarters=scale.quarters(),
        years=scale.years(),
        ticks=[f"{place(at):.2f}" for at in moments],
        blocks=placed,
        flags=marks,
        says="; ".join(said) or f"{len(moments)} versions",
    )
