"""What is known of a paragraph and a type before it is decided: margins of the linear model and rules that hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clauses.text.passages import Passage
from clauses.text.rules import held, opened

RULE_PLACES = 14
LOW_WHOLE, LOW_SENTENCE = -2.0, -1.2
"""A type is open where the paragraph, or its best sentence, has at least this margin."""
COLUMNS = 16 + RULE_PLACES
NO_HEADING = -9.0


@dataclass(frozen=True, slots=True)
class Margins:
    """The linear model's margins: a value a type for the paragraph and its heading, a row a sentence for `parts`."""

    whole: NDArray[np.float64]
    parts: NDArray[np.float64]
    heading: NDArray[np.float64]


def open_types(margins: Margins) -> NDArray[np.intp]:
    """Return the types that are worth deciding, by number."""
    best = margins.parts.max(axis=0) if len(margins.parts) else margins.whole
    return np.flatnonzero((margins.whole > LOW_WHOLE) | (best > LOW_SENTENCE))


def evidence(
    passage: Passage, margins: Margins, types: list[str], open_: NDArray[np.intp]
) -> tuple[NDArray[np.float64], list[dict[int, str]]]:
    """Return a row of evidence for each open type, and the rules of the type that hold, with their words."""
    whole, parts = margins.whole, margins.parts if len(margins.parts) else margins.whole[None, :]
    best = parts.max(axis=0)
    ordered = np.sort(whole)[::-1]
    rows = np.zeros((len(open_), COLUMNS))
    rows[:, 0] = whole[open_]
    rows[:, 1] = best[open_]
    rows[:, 2] = (whole > whole[open_, None]).sum(axis=1)
    rows[:, 3:6] = ordered[:3]
    rows[:, 6] = np.log1p(passage.said.count(" "))
    rows[:, 7] = open_
    rows[:, 8] = margins.heading[open_]
    rows[:, 9] = parts[0][open_]
    rows[:, 10] = (parts > 0).sum(axis=0)[open_]
    rows[:, 11] = np.tanh(parts / 2).mean(axis=0)[open_]
    rows[:, 12] = (best > best[open_, None]).sum(axis=1)
    rows[:, 13] = len(margins.parts)
    rows[:, 14] = (best - whole)[open_]
    gates = opened(passage.said)
    rules = [held(types[column], passage.said, gates) for column in open_]
    for place, hits in enumerate(rules):
        rows[place, 15] = len(hits)
        rows[place, [16 + number for number in hits if number < RULE_PLACES]] = 1
    return rows, rules
