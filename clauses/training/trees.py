"""Fits the trees that decide among the types left open, and lays them flat."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from clauses.text.trees import Trees

SEEDS = (1, 2)
"""Trees of several seeds are averaged."""


def fit_trees(evidence: NDArray[np.float64], answers: NDArray[np.int8]) -> Trees:
    """Fit trees to rows of evidence and whether the passage is of the type."""
    parts = [_boosted(seed).fit(evidence, answers) for seed in SEEDS]
    trees = [stage[0].nodes for part in parts for stage in part._predictors]
    roots = np.cumsum([0, *(len(nodes) for nodes in trees)])[:-1]
    nodes = np.concatenate(trees)
    start = np.repeat(roots, [len(tree) for tree in trees])
    leaf = nodes["is_leaf"].astype(bool)
    itself = np.arange(len(nodes))
    return Trees(
        roots=roots.astype(np.int32),
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
        threshold=np.where(leaf, 0.0, nodes["num_threshold"]),
        left=np.where(leaf, itself, nodes["left"] + start).astype(np.int32),
        right=np.where(leaf, itself, nodes["right"] + start).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0.0) / len(SEEDS),
        depth=int(nodes["depth"].max()),
        baseline=float(np.mean([part._baseline_prediction.item() for part in parts])),
    )


def _boosted(seed: int) -> Any:
    return HistGradientBoostingClassifier(
        max_iter=110,
        learning_rate=0.06,
        max_leaf_nodes=15,
        max_depth=6,
        min_samples_leaf=40,
        max_features=0.6,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
