"""Adds up regression trees kept as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees laid end to end; `roots` are where each begins. A leaf is its own child on both sides."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    depth: int
    baseline: float

    def margins(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of the leaves that each row of evidence falls into."""
        rows = np.arange(len(evidence))[:, None]
        at = np.broadcast_to(self.roots, (len(evidence), len(self.roots)))
        for _ in range(self.depth):
            below = evidence[rows, self.feature[at]] <= self.threshold[at]
            at = np.where(below, self.left[at], self.right[at])
        return np.asarray(self.baseline + self.value[at].sum(axis=1))
