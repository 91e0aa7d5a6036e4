"""Chooses a threshold a type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PRECISION_WEIGHT = 0.85
"""F-beta below 1 chooses thresholds in favour of precision."""
SHRINK = 20
"""Labels that a type's own threshold needs to weigh as much as the common one."""
GRID = np.linspace(-3, 3, 121)


def thresholds(margins: NDArray[np.float64], truth: NDArray[np.int8], unsure: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return a threshold a type: the best for all, drawn towards the type's own best by how many labels it has."""
    kept = ~unsure

    def value(threshold: float, columns: slice | int) -> float:
        chosen = (margins[:, columns] > threshold) & kept[:, columns]
        right = (chosen & (truth[:, columns] == 1)).sum()
        wanted = ((truth[:, columns] == 1) & kept[:, columns]).sum()
        beta = PRECISION_WEIGHT**2
        return float((1 + beta) * right / max(1, chosen.sum() + beta * wanted))

    common = max(GRID, key=lambda threshold: value(threshold, slice(None)))
    found = []
    for column in range(truth.shape[1]):
        labelled = int(((truth[:, column] == 1) & kept[:, column]).sum())
        own = max(GRID, key=lambda threshold: (value(threshold, column), -abs(threshold - common)))
        found.append((labelled * own + SHRINK * common) / (labelled + SHRINK))
    return np.array(found)
