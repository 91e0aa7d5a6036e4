"""Counts the features of everything that is judged or learned from, once for all fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from clauses.text.features import features
from clauses.text.linear import ordered_names
from clauses.training.labels import Labels


@dataclass(frozen=True, slots=True)
class Shown:
    """Counted features, a row each: paragraphs, their sentences with their paragraph, headings, written sentences."""

    names: list[str]
    first_idea: int
    whole: Any
    parts: Any
    owner: NDArray[np.intp]
    headings: Any
    written: Any


def show(labels: Labels, written: Labels) -> Shown:
    """Count the features of labelled paragraphs and of written sentences."""
    parts = [(place, part) for place, one in enumerate(labels.passages) for part in one.sentences]
    rows = [
        [features(one.said, one.heading) for one in labels.passages],
        [features(part, "") for _, part in parts],
        [features(one.heading, one.heading) for one in labels.passages],
        [features(one.said, one.heading) for one in written.passages],
    ]
    names, first_idea = ordered_names({name for some in rows for row in some for name in row})
    places = {name: place for place, name in enumerate(names)}
    whole, sentences, headings, ours = (_counted(some, places) for some in rows)
    owner = np.array([place for place, _ in parts], np.intp)
    return Shown(names, first_idea, whole, sentences, owner, headings, ours)


def presence(counts: Any) -> NDArray[np.int64]:
    """Return in how many rows each feature occurs."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def _counted(rows: list[list[str]], places: dict[str, int]) -> Any:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.array([places[name] for row in rows for name in row], np.int64)
    counts = sparse.csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(places)))
    counts.sum_duplicates()
    return counts
