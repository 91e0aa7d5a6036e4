"""Counts how often the stance given to labelled words is the one they were labelled with."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
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
"""Types of which it matters whether the words do the thing, deny it, or do it on conditions."""
SEED = 20261124


def stance_figures(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures over every labelled pair of these types, and over denials, conditions and as many plain ones.

    Most labelled words plainly do the thing, so the second is the harder and the fairer figure. Plain ones are drawn
    with a fixed seed.
    """
    pairs = [
        (row.stances.get(slug, Stance.DOES.value), _given(row, slug))
        for row in rows
        for slug in TYPES
        if slug in row.labels - row.unsure
    ]
    reserved = [pair for pair in pairs if pair[0] != Stance.DOES]
    plain = [pair for pair in pairs if pair[0] == Stance.DOES]
    drawn = random.Random(SEED).sample(plain, min(len(plain), len(reserved)))  # noqa: S311 - a draw, not a secret
    return {"all": _counted(pairs), "balanced": _counted(reserved + drawn)}


def _given(row: Row, slug: str) -> str:
    taken, sure = stance(row.text, slug)
    return taken.value if sure >= THRESHOLD else Stance.UNSTATED.value


def _counted(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    times = Counter(pairs)
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
