"""Fits the linear model: a column a type, over stems and pairs of ideas.

It is fitted twice: to paragraphs, then to paragraphs and the sentences of them that the first fit takes to say the
thing, so that one short sentence of a long paragraph is heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from clauses.text.evidence import NO_HEADING, Margins
from clauses.text.linear import IDEAS_SHARE
from clauses.training.labels import Labels
from clauses.training.shown import Shown, presence
from clauses.training.speaking import Speaking, speaking

STRENGTH = 4.0
"""Inverse of the regularisation."""
ROUGHLY, EXACTLY = 1e-2, 1e-4
"""How near a fit comes: the first serves to find sentences alone."""
WRITTEN_WEIGHT, SENTENCE_WEIGHT = 0.5, 0.5
"""What a sentence written for the project, and one taken from a paragraph, weigh beside a paragraph of a policy."""
FEWEST_PARAGRAPHS, FEWEST_COMPANIES = 4, 3
"""A feature seen in fewer is left out: nothing of a single paragraph or company can be read off the weights."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear model; `columns` are the places of its features among all that are shown."""

    columns: NDArray[np.intp]
    ideas: NDArray[np.bool_]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def matrix(self, counts: Any) -> Any:
        """Return the vectors of counted features; stems and ideas are each brought to one length."""
        vectors = counts[:, self.columns].astype(np.float64)
        vectors.data = (1 + np.log(vectors.data)) * self.idf[vectors.indices]
        row = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
        for share, kind in ((1.0, ~self.ideas[vectors.indices]), (IDEAS_SHARE, self.ideas[vectors.indices])):
            lengths = np.bincount(row[kind], weights=vectors.data[kind] ** 2, minlength=vectors.shape[0]) ** 0.5
            vectors.data[kind] *= share / lengths[row[kind]]
        return vectors

    def margins(self, counts: Any) -> NDArray[np.float64]:
        """Return a row of margins for each row of counted features."""
        return np.asarray(self.matrix(counts) @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is learned from: vectors, which types they are of, which of these are unsure, and what each row weighs."""

    matrix: Any
    truth: NDArray[np.int8]
    unsure: NDArray[np.bool_]
    weight: NDArray[np.float64]


def fit(labels: Labels, written: Labels, shown: Shown, learn: NDArray[np.intp]) -> Fitted:
    """Fit on some of the paragraphs, their sentences, and all written sentences."""
    blank = _blank(labels, shown, learn)
    rows = Rows(
        sparse.vstack([blank.matrix(shown.whole[learn]), blank.matrix(shown.written)]).tocsr(),
        np.vstack([labels.truth[learn], written.truth]),
        np.vstack([labels.unsure[learn], written.unsure]),
        np.concatenate([np.ones(len(learn)), np.full(len(written.ids), WRITTEN_WEIGHT)]),
    )
    first = _fitted(blank, rows, None)
    some = np.flatnonzero(np.isin(shown.owner, learn))
    parts = blank.matrix(shown.parts[some])
    margins = np.asarray(parts @ first.weights + first.bias)
    return _fitted(blank, rows, (parts, speaking(margins, shown.owner[some], labels)))


def margins_of(fitted: Fitted, labels: Labels, shown: Shown, places: NDArray[np.intp]) -> dict[int, Margins]:
    """Return the margins of some paragraphs."""
    whole, heading = fitted.margins(shown.whole[places]), fitted.margins(shown.headings[places])
    spans = [np.flatnonzero(shown.owner == place) for place in places]
    flat = np.concatenate(spans) if spans else np.zeros(0, np.intp)
    parts = np.split(fitted.margins(shown.parts[flat]), np.cumsum([len(span) for span in spans])[:-1])
    none = np.full(len(labels.types), NO_HEADING)
    return {
        int(place): Margins(whole[row], parts[row], heading[row] if labels.passages[place].heading else none)
        for row, place in enumerate(places)
    }


def _blank(labels: Labels, shown: Shown, learn: NDArray[np.intp]) -> Fitted:
    """Return a model without weights over the features frequent enough to keep; written sentences are our own."""
    seen, written = presence(shown.whole[learn]), presence(shown.written)
    groups = np.unique(labels.groups[learn], return_inverse=True)[1]
    members = sparse.csr_matrix((np.ones(len(learn)), (groups, np.arange(len(learn)))))
    companies = presence(members @ shown.whole[learn])
    kept = (seen >= FEWEST_PARAGRAPHS) & (companies >= FEWEST_COMPANIES) | (written >= FEWEST_PARAGRAPHS)
    columns = np.flatnonzero(kept)
    count = len(learn) + shown.written.shape[0]
    idf = np.log((1 + count) / (1 + (seen + written)[columns])) + 1
    return Fitted(columns, columns >= shown.first_idea, idf, np.zeros((0, 0)), np.zeros(0))


def _fitted(blank: Fitted, rows: Rows, said: tuple[Any, list[Speaking]] | None) -> Fitted:
    """Fit a column a type; `said` are the vectors of sentences and, for each type, which of them are learned from."""
    models = []
    for column in range(rows.truth.shape[1]):
        kept = ~rows.unsure[:, column]
        matrix, answer, weight = rows.matrix[kept], rows.truth[kept, column], rows.weight[kept]
        if said:
            parts, chosen = said[0], said[1][column]
            matrix = sparse.vstack([matrix, parts[chosen.places]]).tocsr()
            answer = np.concatenate([answer, chosen.answer])
            weight = np.concatenate([weight, np.full(len(chosen.answer), SENTENCE_WEIGHT)])
        model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=EXACTLY if said else ROUGHLY)
        models.append(model.fit(matrix, answer, sample_weight=_balanced(weight, answer)))
    weights = np.vstack([model.coef_[0] for model in models]).T
    bias = np.array([model.intercept_[0] for model in models])
    return Fitted(blank.columns, blank.ideas, blank.idf, weights, bias)


def _balanced(weight: NDArray[np.float64], answer: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return weights by which the passages of a type and the others count alike."""
    positive = weight[answer == 1].sum()
    share = positive / weight.sum()
    return np.asarray(np.where(answer == 1, weight / (2 * share), weight / (2 * (1 - share))))
