"""What is known of a paragraph and a type before it is decided: margins of the linear model and rules that hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clauses.text.passages import Passage
from clauses.text.rules import held, opened

RULE_PLACES = 14
LOW_WHOLE, LOW_SENTENCE = -1.5, -1.0
"""A type is open where the paragraph, or its best sentence, has at least this margin."""
COLUMNS = 16 + RULE_PLACES
NO_HEADING = -9.0
OTHERS_SHARE, OTHERS_FLOOR = 0.5, -3.0
"""What the margins of all types weigh as evidence for one of them, and below what they say no more."""


Vector = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The features of a paragraph, by number, and their values."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The linear model's margins: a value a type for the paragraph and its heading, a row a sentence for `parts`."""

    whole: NDArray[np.float64]
    parts: NDArray[np.float64]
    heading: NDArray[np.float64]
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row for each paragraph and type left open: which they are, by number, and the rules that hold, with words.

    `others` holds how the paragraph and its best sentences stand to all types.
    """

    rows: NDArray[np.float64]
    others: NDArray[np.float64]
    paragraph: NDArray[np.intp]
    type: NDArray[np.intp]
    rules: list[dict[int, str]]


def evidence(passages: list[Passage], margins: list[Margins], types: list[str]) -> Evidence:
    """Return the evidence for every type left open in each paragraph, by paragraph and type."""
    if not passages:
        return Evidence(
            np.zeros((0, COLUMNS)), np.zeros((0, 2 * len(types))), np.zeros(0, np.intp), np.zeros(0, np.intp), []
        )
    whole = np.vstack([some.whole for some in margins])
    parts = [some.parts if len(some.parts) else some.whole[None, :] for some in margins]
    sizes = np.array([len(some) for some in parts])
    starts = np.cumsum(sizes) - sizes
    flat = np.vstack(parts)
    best = np.maximum.reduceat(flat, starts, axis=0)
    at, kind = np.nonzero((whole > LOW_WHOLE) | (best > LOW_SENTENCE))
    rows = np.zeros((len(at), COLUMNS))
    rows[:, 0] = whole[at, kind]
    rows[:, 1] = best[at, kind]
    rows[:, 2] = (whole[at] > rows[:, [0]]).sum(axis=1)
    rows[:, 3:6] = np.sort(whole, axis=1)[at, :-4:-1]
    rows[:, 6] = np.log1p([one.said.count(" ") for one in passages])[at]
    rows[:, 7] = kind
    rows[:, 8] = np.vstack([some.heading for some in margins])[at, kind]
    rows[:, 9] = flat[starts][at, kind]
    rows[:, 10] = np.add.reduceat((flat > 0).astype(np.float64), starts, axis=0)[at, kind]
    rows[:, 11] = (np.add.reduceat(np.tanh(flat / 2), starts, axis=0) / sizes[:, None])[at, kind]
    rows[:, 12] = (best[at] > rows[:, [1]]).sum(axis=1)
    rows[:, 13] = np.array([len(some.parts) for some in margins])[at]
    rows[:, 14] = rows[:, 1] - rows[:, 0]
    gates = {place: opened(passages[place].said) for place in dict.fromkeys(at.tolist())}
    rules = [held(types[j], passages[i].said, gates[i]) for i, j in zip(at.tolist(), kind.tolist(), strict=True)]
    for place, hits in enumerate(rules):
        rows[place, 15] = len(hits)
        rows[place, [16 + number for number in hits]] = 1
    others = OTHERS_SHARE * np.tanh(np.maximum(np.hstack([whole, best]), OTHERS_FLOOR) / 2)
    return Evidence(rows, others[at], at, kind, rules)
