"""`python -m clauses.training <labels.jsonl> --families <documents.csv>`: fit, judge out of fold, write the weights."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from clauses.text.linear import WEIGHTS, fingerprint
from clauses.text.plain import plain
from clauses.training.labels import Labels, read_labels, read_sentences
from clauses.training.reader import Reader, fit_reader, judge
from clauses.training.shown import Shown, show

FOLDS = 5


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--families", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, help="write out-of-fold predictions here, as JSON lines")
    parser.add_argument("--dry-run", action="store_true", help="judge out of fold, write no weights")
    arguments = parser.parse_args()
    labels = read_labels(arguments.labels, arguments.families)
    written = read_sentences(labels.types)
    shown = show(labels, written)
    print(f"{len(labels.ids)} paragraphs, {len(set(labels.groups))} groups; {len(written.ids)} written", flush=True)
    above = np.zeros(labels.truth.shape)
    for learn, test in GroupKFold(FOLDS, shuffle=True, random_state=0).split(labels.truth, groups=labels.groups):
        above[test] = judge(fit_reader(labels, written, shown, learn), labels, shown, test)
    chosen = above > 0
    _report(labels, chosen)
    if arguments.predictions:
        lines = (
            json.dumps({"id": pk, "types": [labels.types[j] for j in np.flatnonzero(row)]})
            for pk, row in zip(labels.ids, chosen, strict=True)
        )
        arguments.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if not arguments.dry_run:
        sure = chosen & ~labels.unsure
        calibration = LogisticRegression().fit(above[sure].reshape(-1, 1), labels.truth[sure])
        reader = fit_reader(labels, written, shown, np.arange(len(labels.ids)))
        _write(reader, labels, written, shown, (calibration.coef_[0][0], calibration.intercept_[0]))


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


def _write(reader: Reader, labels: Labels, written: Labels, shown: Shown, calibration: tuple[float, float]) -> None:
    """Write what reading needs."""
    linear, trees = reader.linear, reader.trees
    learned = {fingerprint(plain(text)) for text in [*labels.texts, *written.texts]}
    np.savez_compressed(
        WEIGHTS,
        types=np.frombuffer("\n".join(labels.types).encode(), np.uint8),
        features=np.frombuffer("\n".join(shown.names[place] for place in linear.columns).encode(), np.uint8),
        first_idea=np.array(np.count_nonzero(~linear.ideas)),
        idf=linear.idf.astype(np.float16),
        weights=linear.weights.astype(np.float16),
        bias=linear.bias.astype(np.float32),
        tree_roots=trees.roots,
        tree_feature=trees.feature,
        tree_threshold=trees.threshold,
        tree_left=trees.left,
        tree_right=trees.right,
        tree_value=trees.value,
        tree_depth=np.array(trees.depth),
        tree_baseline=np.array(trees.baseline),
        line_weights=reader.lines.weights,
        line_bias=reader.lines.bias,
        thresholds=reader.thresholds,
        calibration=np.array(calibration, np.float32),
        learned=np.array(sorted(learned), np.uint64),
    )


if __name__ == "__main__":
    main()
