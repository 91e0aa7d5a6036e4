"""Fits the linear model: a column a type, over stems and pairs of ideas."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from clauses.text.evidence import NO_HEADING, Margins
from clauses.text.features import features
from clauses.text.linear import IDEAS_SHARE, ordered_names
from clauses.training.labels import Labels

STRENGTH = 4.0
"""Inverse of the regularisation."""
WRITTEN_WEIGHT = 0.5
"""What a sentence written for the project weighs beside a paragraph of a policy."""
FEWEST_PARAGRAPHS, FEWEST_COMPANIES = 4, 3
"""A feature seen in fewer is left out: nothing of a single paragraph or company can be read off the weights."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The features of everything that is judged: paragraphs, their sentences with their paragraph, and headings."""

    whole: list[list[str]]
    parts: list[list[str]]
    owner: NDArray[np.intp]
    headings: list[list[str]]
    written: list[list[str]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear model with the names of its features."""

    names: list[str]
    first_idea: int
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def matrix(self, rows: list[list[str]]) -> Any:
        """Return the vectors of rows of features, one below the other."""
        stems = _vectors(self.names[: self.first_idea], self.idf[: self.first_idea], rows)
        ideas = _vectors(self.names[self.first_idea :], self.idf[self.first_idea :], rows)
        return sparse.hstack([stems, ideas * IDEAS_SHARE]).tocsr()

    def margins(self, rows: list[list[str]]) -> NDArray[np.float64]:
        """Return a row of margins for each row of features."""
        return np.asarray(self.matrix(rows) @ self.weights + self.bias)


def show(labels: Labels, written: Labels) -> Shown:
    """Return the features of labelled paragraphs and of written sentences."""
    parts = [(place, part) for place, one in enumerate(labels.passages) for part in one.sentences]
    return Shown(
        whole=[features(one.said, one.heading) for one in labels.passages],
        parts=[features(part, "") for _, part in parts],
        owner=np.array([place for place, _ in parts], np.intp),
        headings=[features(one.heading, one.heading) for one in labels.passages],
        written=[features(one.said, one.heading) for one in written.passages],
    )


def fit(labels: Labels, written: Labels, shown: Shown, learn: NDArray[np.intp]) -> Fitted:
    """Fit on some of the paragraphs and all written sentences."""
    rows = [shown.whole[place] for place in learn] + shown.written
    names, first_idea = ordered_names(_kept(rows[: len(learn)], labels.groups[learn]) | _kept(shown.written, None))
    frequency = _presence(names, rows)
    blank = Fitted(names, first_idea, np.log((1 + len(rows)) / (1 + frequency)) + 1, np.zeros((0, 0)), np.zeros(0))
    matrix = blank.matrix(rows)
    weight = np.concatenate([np.ones(len(learn)), np.full(len(shown.written), WRITTEN_WEIGHT)])
    unsure = np.vstack([labels.unsure[learn], written.unsure])
    truth = np.vstack([labels.truth[learn], written.truth])
    models = []
    for column in range(len(labels.types)):
        kept = ~unsure[:, column]
        answer, worth = truth[kept, column], _balanced(weight[kept], truth[kept, column])
        models.append(LogisticRegression(C=STRENGTH, solver="liblinear").fit(matrix[kept], answer, sample_weight=worth))
    coefficients = np.vstack([model.coef_[0] for model in models]).T
    return Fitted(names, first_idea, blank.idf, coefficients, np.array([model.intercept_[0] for model in models]))


def margins_of(fitted: Fitted, labels: Labels, shown: Shown, places: NDArray[np.intp]) -> dict[int, Margins]:
    """Return the margins of some paragraphs."""
    whole = fitted.margins([shown.whole[place] for place in places])
    heading = fitted.margins([shown.headings[place] for place in places])
    spans = [np.flatnonzero(shown.owner == place) for place in places]
    flat = np.concatenate(spans) if spans else np.zeros(0, np.intp)
    parts = np.split(fitted.margins([shown.parts[at] for at in flat]), np.cumsum([len(span) for span in spans])[:-1])
    none = np.full(len(labels.types), NO_HEADING)
    return {
        int(place): Margins(whole[row], parts[row], heading[row] if labels.passages[place].heading else none)
        for row, place in enumerate(places)
    }


def _kept(rows: list[list[str]], groups: NDArray[np.str_] | None) -> set[str]:
    """Return the features frequent enough to keep. Written sentences, which are our own, have no groups."""
    counts: Counter[str] = Counter(name for row in rows for name in set(row))
    kept = {name for name, count in counts.items() if count >= FEWEST_PARAGRAPHS}
    if groups is None:
        return kept
    seen: dict[str, set[str]] = defaultdict(set)
    for row, group in zip(rows, groups, strict=True):
        for name in kept.intersection(row):
            seen[name].add(group)
    return {name for name in kept if len(seen[name]) >= FEWEST_COMPANIES}


def _balanced(weight: NDArray[np.float64], answer: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return weights by which the passages of a type and the others count alike."""
    positive = weight[answer == 1].sum()
    share = positive / weight.sum()
    return np.asarray(np.where(answer == 1, weight / (2 * share), weight / (2 * (1 - share))))


def _presence(names: list[str], rows: list[list[str]]) -> NDArray[np.float64]:
    place = {name: at for at, name in enumerate(names)}
    frequency = np.zeros(len(names))
    for row in rows:
        for name in set(row):
            if name in place:
                frequency[place[name]] += 1
    return frequency


def _vectors(names: list[str], idf: NDArray[np.float64], rows: list[list[str]]) -> Any:
    places = {name: place for place, name in enumerate(names)}
    vectorizer = TfidfVectorizer(analyzer=lambda row: row, vocabulary=places, sublinear_tf=True)
    vectorizer.idf_ = idf
    return vectorizer.transform(rows)
