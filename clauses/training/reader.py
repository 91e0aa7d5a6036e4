"""Fits the whole reader on some paragraphs and judges others: what is judged is never learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from clauses.text.classify import guarded
from clauses.text.evidence import Evidence, Margins, evidence
from clauses.text.trees import Trees
from clauses.training.labels import Labels
from clauses.training.linear import Fitted, Shown, fit, margins_of
from clauses.training.thresholds import thresholds
from clauses.training.trees import fit_trees

INNER_FOLDS = 4
CLOSED = -99.0
"""The margin of a type that the linear model leaves closed, or a guard holds back."""


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading needs."""

    linear: Fitted
    trees: Trees
    thresholds: NDArray[np.float64]


def fit_reader(labels: Labels, written: Labels, shown: Shown, learn: NDArray[np.intp]) -> Reader:
    """Fit on some paragraphs. Trees see the margins of paragraphs that the linear model did not learn from, and
    thresholds are chosen on margins of trees that did not learn from the paragraph."""
    seen: dict[int, Margins] = {}
    inner = list(GroupKFold(INNER_FOLDS, shuffle=True, random_state=1).split(learn, groups=labels.groups[learn]))
    for first, second in inner:
        seen |= margins_of(fit(labels, written, shown, learn[first]), labels, shown, learn[second])
    gathered = gather(labels, seen)
    answers = labels.truth[gathered.paragraph, gathered.type]
    sure = ~labels.unsure[gathered.paragraph, gathered.type]
    margins = np.full(labels.truth.shape, CLOSED)
    for first, second in inner:
        inside = np.isin(gathered.paragraph, learn[first])
        outside = np.isin(gathered.paragraph, learn[second])
        trees = fit_trees(gathered.rows[inside & sure], answers[inside & sure])
        margins[gathered.paragraph[outside], gathered.type[outside]] = trees.margins(gathered.rows[outside])
    return Reader(
        fit(labels, written, shown, learn),
        fit_trees(gathered.rows[sure], answers[sure]),
        thresholds(margins[learn], labels.truth[learn], labels.unsure[learn]),
    )


def judge(reader: Reader, labels: Labels, shown: Shown, places: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return by how much each type of some paragraphs is above its threshold."""
    gathered = gather(labels, margins_of(reader.linear, labels, shown, places))
    margins = np.full(labels.truth.shape, CLOSED)
    margins[gathered.paragraph, gathered.type] = reader.trees.margins(gathered.rows)
    return np.asarray(margins[places] - reader.thresholds)


def gather(labels: Labels, margins: dict[int, Margins]) -> Evidence:
    """Return the evidence for every type left open and not held back by a guard."""
    places = np.array(list(margins), np.intp)
    found = evidence([labels.passages[place] for place in places], list(margins.values()), labels.types)
    pairs = zip(places[found.paragraph], found.type, strict=True)
    kept = np.array([guarded(labels.types[j], labels.passages[i].said) for i, j in pairs], np.bool_)
    rules = [some for some, keep in zip(found.rules, kept, strict=True) if keep]
    return Evidence(found.rows[kept], places[found.paragraph][kept], found.type[kept], rules)
