"""The linear model over stems and pairs of ideas: margins of a paragraph, of its sentences and of its heading."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.concepts import PREFIX
from clauses.text.evidence import NO_HEADING, Margins, Vector
from clauses.text.passages import Passage
from clauses.text.trees import Trees
from clauses.text.vocabulary import Vocabulary

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "reader-weights.npz"
IDEAS_SHARE = 0.6
"""What the vector of ideas weighs beside that of stems; chosen in training."""
AT_ONCE = 200
"""Rows weighed at once: more would not stay in the cache."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sparse vectors: the row, the feature and the value of what is not nothing, by row and feature."""

    row: NDArray[np.int64]
    feature: NDArray[np.int64]
    value: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """What the weights hold. Features from `first_idea` on are pairs of ideas."""

    types: list[str]
    vocabulary: Vocabulary
    names: list[str]
    first_idea: int
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    trees: Trees
    thresholds: NDArray[np.float64]
    slope: float
    intercept: float
    learned: NDArray[np.uint64]

    def vectors(self, rows: list[tuple[str, str]]) -> Vectors:
        """Return the vectors of words under headings; stems and ideas are each brought to one length."""
        numbers = [self.vocabulary.numbers(said, heading) for said, heading in rows]
        size = len(self.names)
        keys = np.repeat(np.arange(len(rows)) * size, [len(some) for some in numbers])
        keys += np.fromiter((number for some in numbers for number in some), np.int64, len(keys))
        distinct, counts = np.unique(keys, return_counts=True)
        row, feature = np.divmod(distinct, size)
        values = (1 + np.log(counts)) * self.idf[feature]
        ideas = feature >= self.first_idea
        lengths = np.bincount(2 * row + ideas, weights=values * values, minlength=2 * len(rows)) ** 0.5
        values *= np.where(ideas, IDEAS_SHARE, 1.0) / lengths[2 * row + ideas]
        return Vectors(row, feature, values.astype(np.float32))

    def margin_of(self, rows: list[tuple[str, str]], vectors: list[Vector] | None = None) -> NDArray[np.float64]:
        """Return a row of margins, one a type, for each of many words under headings; add the vectors to a list."""
        margins = np.tile(self.bias.astype(np.float64), (len(rows), 1))
        for start in range(0, len(rows), AT_ONCE):
            some = self.vectors(rows[start : start + AT_ONCE])
            if vectors is not None:
                ends = np.searchsorted(some.row, np.arange(1, min(AT_ONCE, len(rows) - start) + 1)).tolist()
                vectors += [(some.feature[a:b], some.value[a:b]) for a, b in pairwise([0, *ends])]
            if len(some.row):
                first = np.flatnonzero(np.diff(some.row, prepend=-1))
                weighed = some.value[:, None] * self.weights[some.feature]
                margins[start + some.row[first]] += np.add.reduceat(weighed, first, axis=0)
        return margins

    def margins(self, passages: list[Passage]) -> list[Margins]:
        """Return what the linear model makes of paragraphs."""
        vectors: list[Vector] = []
        whole = self.margin_of([(one.said, one.heading) for one in passages], vectors)
        parts = self._margin_of_sentences(passages, whole)
        ends = np.cumsum([len(one.sentences) for one in passages])
        none = np.full(len(self.types), NO_HEADING)
        return [
            Margins(
                whole[n],
                parts[end - len(one.sentences) : end],
                heading_margin(one.heading) if one.heading else none,
                vectors[n],
            )
            for n, (one, end) in enumerate(zip(passages, ends, strict=True))
        ]

    def _margin_of_sentences(self, passages: list[Passage], whole: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a row for each sentence; one that is the whole paragraph, under no heading, is not judged twice."""
        alone = np.array([one.sentences == (one.said,) and not one.heading for one in passages], np.bool_)
        owner = np.repeat(np.arange(len(passages)), [len(one.sentences) for one in passages])
        margins = np.zeros((len(owner), len(self.types)))
        margins[alone[owner]] = whole[owner[alone[owner]]]
        rows = [
            (sentence, "") for one, same in zip(passages, alone, strict=True) if not same for sentence in one.sentences
        ]
        margins[~alone[owner]] = self.margin_of(rows)
        return margins


@lru_cache(maxsize=4096)
def heading_margin(heading: str) -> NDArray[np.float64]:
    """Return what a heading says by itself."""
    return np.asarray(model().margin_of([(heading, heading)])[0])


def fingerprint(words: str) -> int:
    """Return eight bytes that stand for words, whatever their case, spaces and punctuation."""
    normal = " ".join(_WORD.findall(words.lower()))
    return int.from_bytes(hashlib.sha256(normal.encode()).digest()[:8])


def ordered_names(names: set[str]) -> tuple[list[str], int]:
    """Return feature names as the weights keep them, stems before ideas, and where ideas begin."""
    stems = sorted(name for name in names if not name.startswith(PREFIX))
    return stems + sorted(name for name in names if name.startswith(PREFIX)), len(stems)


@cache
def model() -> Model:
    """Return the model that the shipped weights make."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        return Model(
            types=bytes(stored["types"]).decode().split("\n"),
            vocabulary=Vocabulary(names),
            names=names,
            first_idea=int(stored["first_idea"]),
            idf=stored["idf"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            trees=_trees(stored),
            thresholds=stored["thresholds"].astype(np.float64),
            slope=float(stored["calibration"][0]),
            intercept=float(stored["calibration"][1]),
            learned=stored["learned"],
        )


def _trees(stored: np.lib.npyio.NpzFile) -> Trees:
    return Trees(
        roots=stored["tree_roots"],
        feature=stored["tree_feature"],
        threshold=stored["tree_threshold"],
        left=stored["tree_left"],
        right=stored["tree_right"],
        value=stored["tree_value"],
        depth=int(stored["tree_depth"]),
        baseline=float(stored["tree_baseline"]),
    )
