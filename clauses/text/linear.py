"""The linear model over stems and pairs of ideas: margins of a paragraph, of its sentences and of its heading."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.concepts import PREFIX
from clauses.text.evidence import NO_HEADING, Margins
from clauses.text.lines import Lines
from clauses.text.passages import Passage
from clauses.text.trees import Trees
from clauses.text.vocabulary import Occurrences, Vocabulary

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "reader-weights.npz"
IDEAS_SHARE = 0.6
"""What the vector of ideas weighs beside that of stems; chosen in training."""
AT_ONCE = 2_000
"""Values weighed at once: more would not stay in the cache."""
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
    lines: Lines
    thresholds: NDArray[np.float64]
    slope: float
    intercept: float
    learned: NDArray[np.uint64]

    def vectors(self, row: NDArray[np.int64], feature: NDArray[np.int64], count: int) -> Vectors:
        """Return vectors from features, with repetitions, and the rows they are of; both kinds have one length each."""
        size = len(self.names)
        keys = np.sort(row * size + feature)
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        row, feature = np.divmod(keys[first], size)
        values = (1 + np.log(np.diff(first, append=len(keys)))) * self.idf[feature]
        ideas = feature >= self.first_idea
        lengths = np.bincount(2 * row + ideas, weights=values * values, minlength=2 * count) ** 0.5
        values *= np.where(ideas, IDEAS_SHARE, 1.0) / lengths[2 * row + ideas]
        return Vectors(row, feature, values.astype(np.float32))

    def weighed(self, vectors: Vectors, count: int) -> NDArray[np.float64]:
        """Return a row of margins, one a type, for each vector."""
        margins = np.tile(self.bias.astype(np.float64), (count, 1))
        starts = np.append(np.flatnonzero(np.diff(vectors.row, prepend=-1)), len(vectors.row))
        place = 0
        while place < len(starts) - 1:
            end = max(place + 1, int(np.searchsorted(starts, starts[place] + AT_ONCE, "right")) - 1)
            some = slice(int(starts[place]), int(starts[end]))
            terms = self.weights.take(vectors.feature[some], axis=0)
            terms *= vectors.value[some, None]
            first = starts[place:end] - starts[place]
            margins[vectors.row[starts[place:end]]] += np.add.reduceat(terms, first, axis=0)
            place = end
        return margins

    def margin_of(self, said: str, heading: str) -> NDArray[np.float64]:
        """Return the margins of plain lower-case words under a plain lower-case heading."""
        return np.asarray(self._whole(_Words.of([Passage(said, heading, ())], self.vocabulary))[1][0])

    def margins(self, passages: list[Passage]) -> list[Margins]:
        """Return what the linear model makes of paragraphs."""
        words = _Words.of(passages, self.vocabulary)
        vectors, whole = self._whole(words)
        parts = self._margin_of_sentences(words, whole)
        ends = np.cumsum([len(one.spans) for one in passages]).tolist()
        heading = self._margins_of_headings({one.heading for one in passages})
        bounds = np.searchsorted(vectors.row, np.arange(len(passages) + 1)).tolist()
        return [
            Margins(
                whole[n],
                parts[end - len(one.spans) : end],
                heading[one.heading],
                (vectors.feature[bounds[n] : bounds[n + 1]], vectors.value[bounds[n] : bounds[n + 1]]),
            )
            for n, (one, end) in enumerate(zip(passages, ends, strict=True))
        ]

    def _margins_of_headings(self, headings: set[str]) -> dict[str, NDArray[np.float64]]:
        """Return what headings say by themselves."""
        shown = [Passage(heading, heading, ()) for heading in sorted(headings)]
        margins = dict(zip(sorted(headings), self._whole(_Words.of(shown, self.vocabulary))[1], strict=True))
        return margins | {"": np.full(len(self.types), NO_HEADING)}

    def _whole(self, words: _Words) -> tuple[Vectors, NDArray[np.float64]]:
        """Return vectors and margins of paragraphs under their headings."""
        row, feature = words.known.within(words.text)
        named = [self.vocabulary.heading(one.heading) for one in words.passages]
        count = len(named)
        row = np.append(row, np.repeat(np.arange(count), [len(some) for some in named]))
        feature = np.append(feature, np.array([number for some in named for number in some], np.int64))
        vectors = self.vectors(row, feature, count)
        return vectors, self.weighed(vectors, count)

    def _margin_of_sentences(self, words: _Words, whole: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a row for each sentence; one that is the whole paragraph, under no heading, is not judged twice."""
        starts = words.starts.tolist()
        spans = [
            (starts[n] + a, starts[n] + b, n if b - a == starts[n + 1] - starts[n] and not one.heading else -1)
            for n, one in enumerate(words.passages)
            for a, b in one.spans
        ]
        row = np.full(len(words.text), -1)
        for place, (start, end, alone) in enumerate(spans):
            if alone < 0:
                row[start:end] = place
        margins = self.weighed(self.vectors(*words.known.within(row), len(spans)), len(spans))
        same = [(place, n) for place, (_, _, n) in enumerate(spans) if n >= 0]
        margins[[place for place, _ in same]] = whole[[n for _, n in same]]
        return margins


@dataclass(frozen=True, slots=True)
class _Words:
    """Paragraphs word by word: where each starts, of which each word is, and the known features in them."""

    passages: list[Passage]
    starts: NDArray[np.int64]
    text: NDArray[np.int64]
    known: Occurrences

    @classmethod
    def of(cls, passages: list[Passage], vocabulary: Vocabulary) -> _Words:
        """Look the words of paragraphs up."""
        split = [one.said.split() for one in passages]
        counts = np.array([len(some) for some in split], np.int64)
        text = np.repeat(np.arange(len(split)), counts)
        known = vocabulary.occurrences([word for some in split for word in some], text)
        return cls(passages, np.append(0, np.cumsum(counts)), text, known)


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
            weights=np.ascontiguousarray(stored["weights"], np.float32),
            bias=stored["bias"].astype(np.float32),
            trees=_trees(stored),
            lines=Lines(stored["line_weights"], stored["line_bias"]),
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
