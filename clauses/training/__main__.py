"""`python -m clauses.training <labels.jsonl> --families <documents.csv>`: fit, judge out of fold, write the weights."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from clauses.text.classify import DATA, _guarded
from clauses.training.labels import Labels, read_labels

FOLDS = 5
STRENGTH = 8.0
"""Inverse of the regularisation; chosen among 3, 4 and 8 by the same folds."""
FEWEST_PARAGRAPHS = 4
"""A feature seen in fewer paragraphs is left out: nothing of a single paragraph can be read off the weights."""
PRECISION_WEIGHT = 0.8
"""F-beta below 1 chooses thresholds in favour of precision."""
SHRINK = 10
"""Labels that a type's own threshold needs to weigh as much as the common one."""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--families", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, help="write out-of-fold predictions here, as JSON lines")
    arguments = parser.parse_args()
    labels = read_labels(arguments.labels, arguments.families)
    guarded = np.array([[_guarded(slug, words) for slug in labels.types] for words in labels.said])
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0).split(labels.truth, groups=labels.families)
    margins = np.full(labels.truth.shape, -9.0)
    chosen = np.zeros(labels.truth.shape, np.bool_)
    for learn, test in folds:
        inner = _out_of_fold(labels, guarded, learn)
        thresholds = _thresholds(inner, labels.truth[learn], labels.unsure[learn], guarded[learn])
        scores = _scores(labels, guarded, learn, test)
        margins[test] = scores - thresholds
        chosen[test] = (scores > thresholds) & guarded[test]
    _report(labels, chosen)
    if arguments.predictions:
        lines = (
            json.dumps({"id": pk, "types": [labels.types[j] for j in np.flatnonzero(row)]})
            for pk, row in zip(labels.ids, chosen, strict=True)
        )
        arguments.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write(labels, guarded, margins, chosen)


def _vectorizer() -> Any:
    return TfidfVectorizer(analyzer=lambda given: given, min_df=FEWEST_PARAGRAPHS, sublinear_tf=True)


def _fit(labels: Labels, guarded: NDArray[np.bool_], learn: NDArray[np.intp]) -> tuple[Any, list[Any]]:
    vectorizer = _vectorizer()
    matrix = vectorizer.fit_transform([labels.features[place] for place in learn])
    models = []
    for column in range(len(labels.types)):
        kept = ~labels.unsure[learn, column] & guarded[learn, column]
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear")
        models.append(model.fit(matrix[kept], labels.truth[learn, column][kept]))
    return vectorizer, models


def _scores(
    labels: Labels, guarded: NDArray[np.bool_], learn: NDArray[np.intp], test: NDArray[np.intp]
) -> NDArray[np.float64]:
    vectorizer, models = _fit(labels, guarded, learn)
    matrix = vectorizer.transform([labels.features[place] for place in test])
    return np.column_stack([model.decision_function(matrix) for model in models])


def _out_of_fold(labels: Labels, guarded: NDArray[np.bool_], learn: NDArray[np.intp]) -> NDArray[np.float64]:
    scores = np.zeros((len(learn), len(labels.types)))
    inner = GroupKFold(3, shuffle=True, random_state=1).split(learn, groups=labels.families[learn])
    for first, second in inner:
        scores[second] = _scores(labels, guarded, learn[first], learn[second])
    return scores


def _thresholds(
    scores: NDArray[np.float64], truth: NDArray[np.int8], unsure: NDArray[np.bool_], guarded: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return a threshold a type: the best for all, drawn towards the type's own best by how many labels it has."""
    grid = np.linspace(-1.5, 1.5, 61)
    kept = ~unsure

    def value(threshold: float, columns: slice | int) -> float:
        chosen = (scores[:, columns] > threshold) & guarded[:, columns] & kept[:, columns]
        right = (chosen & (truth[:, columns] == 1)).sum()
        wanted = ((truth[:, columns] == 1) & kept[:, columns]).sum()
        beta = PRECISION_WEIGHT**2
        return float((1 + beta) * right / max(1, chosen.sum() + beta * wanted))

    common = max(grid, key=lambda threshold: value(threshold, slice(None)))
    thresholds = []
    for column in range(truth.shape[1]):
        labelled = int((truth[:, column] * kept[:, column]).sum())
        own = max(grid, key=lambda threshold: (value(threshold, column), -abs(threshold - common)))
        thresholds.append((labelled * own + SHRINK * common) / (labelled + SHRINK))
    return np.array(thresholds)


def _report(labels: Labels, chosen: NDArray[np.bool_]) -> None:
    kept = ~labels.unsure
    print(f"{'type':36} labels  precision  recall  F1")
    for column, slug in enumerate(labels.types):
        print(f"{slug:36} {_line(labels.truth[:, column], chosen[:, column], kept[:, column])}")
    print(f"{'all':36} {_line(labels.truth, chosen, kept)}")


def _line(truth: NDArray[np.int8], chosen: NDArray[np.bool_], kept: NDArray[np.bool_]) -> str:
    right = int((chosen & (truth == 1) & kept).sum())
    found, wanted = int((chosen & kept).sum()), int(((truth == 1) & kept).sum())
    precision, recall = right / max(1, found), right / max(1, wanted)
    return f"{wanted:6}  {precision:9.3f}  {recall:6.3f}  {2 * right / max(1, found + wanted):.3f}"


def _write(labels: Labels, guarded: NDArray[np.bool_], margins: NDArray[np.float64], chosen: NDArray[np.bool_]) -> None:
    """Fit on everything and write what reading needs."""
    everything = np.arange(len(labels.ids))
    scores = _out_of_fold(labels, guarded, everything)
    thresholds = _thresholds(scores, labels.truth, labels.unsure, guarded)
    vectorizer, models = _fit(labels, guarded, everything)
    sure = chosen & ~labels.unsure
    calibration = LogisticRegression().fit(margins[sure].reshape(-1, 1), labels.truth[sure])
    np.savez_compressed(
        DATA / "reader-weights.npz",
        types=np.frombuffer("\n".join(labels.types).encode(), np.uint8),
        features=np.frombuffer("\n".join(vectorizer.get_feature_names_out()).encode(), np.uint8),
        idf=vectorizer.idf_.astype(np.float16),
        weights=np.vstack([model.coef_[0] for model in models]).T.astype(np.float16),
        bias=np.array([model.intercept_[0] for model in models], np.float16),
        thresholds=thresholds.astype(np.float16),
        calibration=np.array([calibration.coef_[0][0], calibration.intercept_[0]], np.float32),
    )


if __name__ == "__main__":
    main()
