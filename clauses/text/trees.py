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
        values, width = np.ascontiguousarray(evidence).ravel(), evidence.shape[1]
        feature = self.feature.astype(np.intp)
        below = np.stack([self.left, self.right], axis=1).ravel().astype(np.intp)
        rows = np.arange(len(evidence))[:, None] * width
        at = np.broadcast_to(self.roots.astype(np.intp), (len(evidence), len(self.roots)))
        for _ in range(self.depth):
            right = values.take(rows + feature.take(at)) > self.threshold.take(at)
            at = below.take(2 * at + right)
        return np.asarray(self.baseline + self.value[at].sum(axis=1))
