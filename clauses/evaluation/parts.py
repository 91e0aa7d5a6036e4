"""Divides labelled paragraphs into what is a test and what is none, and measures each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauses.evaluation.figures import figures_of, worst_errors
from clauses.evaluation.reading import Judged, as_predicted, read_with_the_reader, was_learned
from clauses.evaluation.rows import Row

OUT_OF_FOLD, UNSEEN, SEEN = "out-of-fold", "unseen", "seen"


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of the paragraphs of one kind, and their worst errors with the words."""

    kind: str
    figures: dict[str, Any]
    errors: dict[str, list[dict[str, Any]]]

    @property
    def is_test(self) -> bool:
        """Tell whether the figures say how the reader does on words that its weights have not learned from."""
        return self.kind != SEEN


def evaluate(
    rows: Sequence[Row],
    types: Sequence[str],
    *,
    predictions: Sequence[frozenset[str]] | None = None,
    families: Mapping[str, str] | None = None,
    limit_errors: int = 10,
    progress: Callable[[int], None] = lambda done: None,
    learned: Callable[[str], bool] = was_learned,
) -> list[Part]:
    """Measure rows, the part that is the figure first.

    With `predictions` those are measured, out of fold; else the rows are read, and those whose words the weights
    learned from are measured apart from the others.
    """
    parts: dict[str, list[Judged]] = {OUT_OF_FOLD: [], UNSEEN: [], SEEN: []}
    if predictions is not None:
        parts[OUT_OF_FOLD] = as_predicted(rows, predictions)
    else:
        for one in read_with_the_reader(rows, progress):
            parts[SEEN if learned(one.row.text) else UNSEEN].append(one)
    return [
        Part(kind, figures_of(judged, types, families), worst_errors(judged, limit_errors))
        for kind, judged in parts.items()
        if judged
    ]
