"""Chooses a threshold a type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SHRINK = 60
"""Labels that a type's own threshold needs to weigh as much as the common one."""
GRID = np.linspace(-3, 3, 121)


def thresholds(margins: NDArray[np.float64], truth: NDArray[np.int8], unsure: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return a threshold a type: the best for all, drawn towards the type's own best by how many labels it has.

    The best for all has the highest micro-F1. A type's own is that which would raise it most: near its height every
    finding costs micro-F1, and every right one is worth two.
    """
    kept, of_type = ~unsure, truth == 1
    chosen = [(margins > threshold) & kept for threshold in GRID]
    found = np.array([some.sum(axis=0) for some in chosen])
    right = np.array([(some & of_type).sum(axis=0) for some in chosen])
    wanted = (of_type & kept).sum(axis=0)
    micro = 2 * right.sum(axis=1) / np.maximum(1, found.sum(axis=1) + wanted.sum())
    common = int(micro.argmax())
    gain = 2 * right - micro[common] * found
    near = -np.abs(GRID - GRID[common])
    own = np.array([GRID[np.lexsort((near, column))[-1]] for column in gain.T])
    return np.asarray((wanted * own + SHRINK * GRID[common]) / (wanted + SHRINK))
