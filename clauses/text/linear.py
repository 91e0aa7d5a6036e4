"""The linear model over stems and pairs of ideas: margins of a paragraph, of its sentences and of its heading."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.concepts import PREFIX
from clauses.text.evidence import NO_HEADING, Margins
from clauses.text.features import features
from clauses.text.passages import Passage
from clauses.text.trees import Trees

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "reader-weights.npz"
IDEAS_SHARE = 0.6
"""What the vector of ideas weighs beside that of stems; chosen in training."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Model:
    """What the weights hold. Features from `first_idea` on are pairs of ideas."""

    types: list[str]
    features: dict[str, int]
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

    def vector(self, said: str, heading: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the known features of words and their values; stems and ideas are each brought to one length."""
        known = self.features
        counts = Counter(known[name] for name in features(said, heading) if name in known)
        ids = np.fromiter(counts, dtype=np.intp, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[ids]
        ideas = ids >= self.first_idea
        squares = values * values
        stem_length = float(np.sqrt(squares[~ideas].sum())) or 1.0
        idea_length = float(np.sqrt(squares[ideas].sum())) or 1.0
        return ids, (values * np.where(ideas, IDEAS_SHARE / idea_length, 1 / stem_length)).astype(np.float32)

    def margin(self, said: str, heading: str) -> NDArray[np.float64]:
        """Return a margin a type."""
        ids, values = self.vector(said, heading)
        return (values @ self.weights[ids] + self.bias).astype(np.float64)

    def margins(self, passage: Passage) -> Margins:
        """Return what the linear model makes of a paragraph."""
        whole = self.margin(passage.said, passage.heading)
        parts = [self.margin(sentence, "") for sentence in passage.sentences]
        heading = heading_margin(passage.heading) if passage.heading else np.full(len(self.types), NO_HEADING)
        return Margins(whole, np.array(parts).reshape(len(parts), len(self.types)), heading)


@lru_cache(maxsize=4096)
def heading_margin(heading: str) -> NDArray[np.float64]:
    """Return what a heading says by itself."""
    return model().margin(heading, heading)


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
            features={name: place for place, name in enumerate(names)},
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
