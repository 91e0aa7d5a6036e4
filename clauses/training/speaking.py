"""Takes from labelled paragraphs the sentences that say the thing, and those that only sound like it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clauses.training.labels import Labels


@dataclass(frozen=True, slots=True)
class Speaking:
    """Sentences to learn from for one type, by place, and whether each says the thing."""

    places: NDArray[np.intp]
    answer: NDArray[np.int8]


def speaking(margins: NDArray[np.float64], owner: NDArray[np.intp], labels: Labels) -> list[Speaking]:
    """Return for each type the sentences to learn from, of paragraphs with several: `owner` is each one's paragraph.

    Of a paragraph of the type it is the sentence of the highest margin; as many of the highest margin, of all the
    paragraphs that are not of the type, stand against them.
    """
    several = np.bincount(owner, minlength=len(labels.ids))[owner] > 1
    found = []
    for column in range(len(labels.types)):
        usable = several & ~labels.unsure[owner, column]
        is_of_type = labels.truth[owner, column] == 1
        margin = margins[:, column]
        says = _best_of_each(np.flatnonzero(usable & is_of_type), margin, owner)
        others = np.flatnonzero(usable & ~is_of_type)
        sounds = others[np.argsort(-margin[others], kind="stable")[: len(says)]]
        answer = np.repeat(np.array([1, 0], np.int8), [len(says), len(sounds)])
        found.append(Speaking(np.concatenate([says, sounds]), answer))
    return found


def _best_of_each(places: NDArray[np.intp], margin: NDArray[np.float64], owner: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the sentence of the highest margin of each paragraph."""
    ordered = places[np.lexsort((-margin[places], owner[places]))]
    return ordered[np.flatnonzero(np.diff(owner[ordered], prepend=-1))]
