"""Adds up the evidence for a type by weights of its own, beside the trees, which ask the same of every type."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clauses.text.evidence import Evidence
from clauses.text.trees import Trees

SHARE = 0.4
"""What the lines weigh beside the trees; chosen in training."""
FLOOR = -3.0
"""A heading's margin below this says no more than this."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A row of weights a type over `shown_to_lines`, and what is added to their sum."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def margins(self, evidence: Evidence) -> NDArray[np.float64]:
        """Return the weighed sum of each row of evidence."""
        weighed = np.einsum("ij,ij->i", shown_to_lines(evidence), self.weights[evidence.type])
        return np.asarray(weighed + self.bias[evidence.type])


def shown_to_lines(evidence: Evidence) -> NDArray[np.float64]:
    """Return the evidence as it is added up: margins, places among the types, rules that hold, the other types."""
    rows = evidence.rows
    return np.hstack(
        [
            rows[:, [0, 1, 3, 4, 6, 9, 11, 15]],
            np.maximum(rows[:, [8]], FLOOR),
            np.sqrt(rows[:, [2, 10]]),
            np.log1p(rows[:, [12, 13]]),
            np.tanh(rows[:, [0, 1, 9]]),
            rows[:, 16:],
            evidence.others,
        ]
    )


def decided(trees: Trees, lines: Lines, evidence: Evidence) -> NDArray[np.float64]:
    """Return the margin of each row of evidence by trees and lines together."""
    return np.asarray((1 - SHARE) * trees.margins(evidence.rows) + SHARE * lines.margins(evidence))
