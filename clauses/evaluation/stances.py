"""Counts how often the stance given to labelled words is the one they were labelled with."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clauses.evaluation.rows import Row
from clauses.text.stance import THRESHOLD, Stance, stance

TYPES = (
    "sale-of-personal-data",
    "data-sharing-with-third-parties",
    "ai-training-on-user-content",
    "mandatory-arbitration",
    "class-action-waiver",
    "cookies-and-tracking",
    "targeted-advertising",
    "data-retention",
    "childrens-data",
)
"""Types of which it matters whether the words do the thing, deny it, or do it on conditions. Others count as well
where a file labels a denial or a condition of theirs."""
SEED = 20261124


@dataclass(frozen=True, slots=True)
class _Pair:
    """A labelled type of a row: the stance it was labelled with, the one given, and whether the label is unsure."""

    type: str
    labelled: str
    given: str
    unsure: bool


def stance_figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures over every labelled pair, and over denials, conditions and as many plain ones.

    Most labelled words plainly do the thing, so the second is the harder and the fairer figure; plain ones are drawn
    with a fixed seed. Pairs marked unsure are left out, but for the third figure, which is the second with them.
    """
    types = {*TYPES, *(slug for row in rows for slug in row.stances)}
    every = [
        _Pair(slug, row.stances.get(slug, Stance.DOES.value), _given(row, slug), slug in row.unsure)
        for row in rows
        for slug in sorted(types & row.labels)
    ]
    sure = [pair for pair in every if not pair.unsure]
    denials = [pair for pair in sure if pair.labelled == Stance.DENIES and pair.given == Stance.DOES]
    return {
        "all": _counted(sure),
        "balanced": _counted(_balanced(sure)),
        "balanced_with_unsure": _counted(_balanced(every)),
        "denials_read_as_does": dict(sorted(Counter(pair.type for pair in denials).items())),
    }


def _balanced(pairs: Sequence[_Pair]) -> list[_Pair]:
    reserved = [pair for pair in pairs if pair.labelled != Stance.DOES]
    plain = [pair for pair in pairs if pair.labelled == Stance.DOES]
    return reserved + random.Random(SEED).sample(plain, min(len(plain), len(reserved)))  # noqa: S311 - no secret


def _given(row: Row, slug: str) -> str:
    taken, sure = stance(row.text, slug)
    return taken.value if sure >= THRESHOLD else Stance.UNSTATED.value


def _counted(pairs: Sequence[_Pair]) -> dict[str, Any]:
    times = Counter((pair.labelled, pair.given) for pair in pairs)
    given = sum(count for (_, taken), count in times.items() if taken != Stance.UNSTATED)
    right = sum(count for (labelled, taken), count in times.items() if labelled == taken)
    return {
        "pairs": len(pairs),
        "given": round(given / len(pairs), 4) if pairs else None,
        "accuracy_where_given": round(right / given, 4) if given else None,
        "confusion": {
            labelled.value: {taken.value: times[labelled.value, taken.value] for taken in Stance}
            for labelled in (Stance.DOES, Stance.CONDITIONAL, Stance.DENIES)
        },
    }
