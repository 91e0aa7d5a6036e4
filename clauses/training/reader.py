"""Fits the whole reader on some paragraphs and judges others: what is judged is never learned from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from clauses.text.classify import guarded
from clauses.text.evidence import Evidence, Margins, evidence
from clauses.text.lines import Lines, decided
from clauses.text.menus import is_menu
from clauses.text.trees import Trees
from clauses.training.labels import Labels
from clauses.training.linear import Fitted, fit, margins_of
from clauses.training.lines import fit_lines
from clauses.training.shown import Shown
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
    lines: Lines
    thresholds: NDArray[np.float64]


def fit_reader(labels: Labels, written: Labels, shown: Shown, learn: NDArray[np.intp]) -> Reader:
    """Fit on some paragraphs. Trees and lines see the margins of paragraphs that the linear model did not learn from,
    and thresholds are chosen on margins of trees and lines that did not learn from the paragraph."""
    seen: dict[int, Margins] = {}
    inner = list(GroupKFold(INNER_FOLDS, shuffle=True, random_state=1).split(learn, groups=labels.groups[learn]))
    for first, second in inner:
        seen |= margins_of(fit(labels, written, shown, learn[first]), labels, shown, learn[second])
    gathered = gather(labels, seen)
    margins = np.full(labels.truth.shape, CLOSED)
    for first, second in inner:
        outside = _of(gathered, np.isin(gathered.paragraph, learn[second]))
        parts = _weighers(labels, _of(gathered, np.isin(gathered.paragraph, learn[first])))
        margins[outside.paragraph, outside.type] = decided(*parts, outside)
    return Reader(
        fit(labels, written, shown, learn),
        *_weighers(labels, gathered),
        thresholds(margins[learn], labels.truth[learn], labels.unsure[learn]),
    )


def judge(reader: Reader, labels: Labels, shown: Shown, places: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return by how much each type of some paragraphs is above its threshold."""
    gathered = gather(labels, margins_of(reader.linear, labels, shown, places))
    margins = np.full(labels.truth.shape, CLOSED)
    margins[gathered.paragraph, gathered.type] = decided(reader.trees, reader.lines, gathered)
    return np.asarray(margins[places] - reader.thresholds)


def gather(labels: Labels, margins: dict[int, Margins]) -> Evidence:
    """Return the evidence for every type left open and not held back by a guard, of all that is no menu."""
    margins = {place: some for place, some in margins.items() if not is_menu(labels.texts[place])}
    places = np.array(list(margins), np.intp)
    found = evidence([labels.passages[place] for place in places], list(margins.values()), labels.types)
    pairs = zip(places[found.paragraph], found.type, strict=True)
    kept = np.array([guarded(labels.types[j], labels.passages[i].said) for i, j in pairs], np.bool_)
    some = _of(found, kept)
    return replace(some, paragraph=places[some.paragraph])


def _of(found: Evidence, kept: NDArray[np.bool_]) -> Evidence:
    """Return some rows of evidence."""
    rules = [some for some, keep in zip(found.rules, kept, strict=True) if keep]
    return Evidence(found.rows[kept], found.others[kept], found.paragraph[kept], found.type[kept], rules)


def _weighers(labels: Labels, found: Evidence) -> tuple[Trees, Lines]:
    """Fit trees and lines to evidence, unsure pairs left out."""
    sure = _of(found, ~labels.unsure[found.paragraph, found.type])
    answers = labels.truth[sure.paragraph, sure.type]
    return fit_trees(sure.rows, answers), fit_lines(sure, answers, len(labels.types))
