"""Fits the lines that add up the evidence for each type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from clauses.text.evidence import Evidence
from clauses.text.lines import Lines, shown_to_lines

STRENGTH = 0.3
"""Inverse of the regularisation."""


def fit_lines(evidence: Evidence, answers: NDArray[np.int8], types: int) -> Lines:
    """Fit a line a type to rows of evidence and whether the passage is of the type."""
    shown = shown_to_lines(evidence)
    middle, spread = shown.mean(axis=0), shown.std(axis=0) + 1e-6
    spread[-evidence.others.shape[1] :], middle[-evidence.others.shape[1] :] = 1.0, 0.0
    shown = (shown - middle) / spread
    models = []
    for column in range(types):
        rows = evidence.type == column
        models.append(LogisticRegression(C=STRENGTH, max_iter=400).fit(shown[rows], answers[rows]))
    weights = np.vstack([model.coef_[0] for model in models]) / spread
    bias = np.array([model.intercept_[0] for model in models]) - weights @ middle
    return Lines(weights.astype(np.float32), bias.astype(np.float32))
