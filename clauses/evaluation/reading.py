"""Reads labelled paragraphs with the reader of this release, and tells those that its weights learned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clauses.evaluation.rows import Row
from clauses.text import classify

BATCH = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the types found in it, each with its score; None where the score is not known."""

    row: Row
    found: Mapping[str, float | None]


def was_learned(words: str) -> bool:
    """Tell whether the weights learned from these words. Where the weights do not say, everything was learned."""
    told: Callable[[str], bool] | None = getattr(classify, "was_learned", None)
    return True if told is None else told(words)


def read_with_the_reader(rows: Sequence[Row], progress: Callable[[int], None]) -> list[Judged]:
    """Judge each row as a paragraph beneath its heading; `progress` is told how many are done."""
    judged: list[Judged] = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        paragraphs = [(row.text, (row.heading,) if row.heading else ()) for row in batch]
        for row, found in zip(batch, classify.findings_of(paragraphs), strict=True):
            judged.append(Judged(row, {one.type: one.score for one in found}))
        progress(len(judged))
    return judged


def as_predicted(rows: Sequence[Row], predictions: Sequence[frozenset[str]]) -> list[Judged]:
    """Put predictions made elsewhere in the place of a reading."""
    return [Judged(row, dict.fromkeys(sorted(types))) for row, types in zip(rows, predictions, strict=True)]
