"""Judges which types of clause a paragraph belongs to: a linear model over words, held back by guards.

Deterministic, without network. The weights ship with the project; `python -m clauses.training` makes them anew. This
is the seam: whatever replaces it keeps `findings_of`, `findings` and `stated_by`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.features import features
from clauses.text.plain import plain
from clauses.text.sentences import sentences
from clauses.text.stance import THRESHOLD, Stance, stance
from platforms.data_files import read_yaml

READER_RELEASE = "2026.2"
DATA = Path(__file__).resolve().parent.parent / "data"
FEWEST_WORDS = 5
"""A shorter paragraph is a title or a fragment and belongs to no type."""
LINKS_SHARE = 0.7
"""A list with at least this share of its words inside links is a menu."""
REASONS = 5
_LINK_TEXT = re.compile(r"\[([^\[\]]*)\]\(")


@dataclass(frozen=True, slots=True)
class Finding:
    """One type that a paragraph belongs to. `score` is the share of such findings that were right in training."""

    type: str
    score: float
    why: tuple[str, ...]
    stance: Stance
    stance_score: float


@dataclass(frozen=True, slots=True)
class _Model:
    types: list[str]
    features: dict[str, int]
    names: list[str]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    slope: float
    intercept: float


def findings(words: str, heading: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return the types that a paragraph belongs to, the surest first. `words` may be Markdown."""
    return findings_of([(words, heading)])[0]


def findings_of(paragraphs: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[Finding, ...]]:
    """Return the findings of many paragraphs, each given with its heading path."""
    return [_judge(words, heading) for words, heading in paragraphs]


def stated_by(words: str, clause_type: str, taken: Stance | None = None) -> tuple[int, int] | None:
    """Return the span of the sentence that speaks most for a type, in code points; None where none does.

    Where a stance is given, a sentence that takes it itself goes before every other.
    """
    model = _model()
    if clause_type not in model.types:
        return None
    column = model.types.index(clause_type)
    best: tuple[float, tuple[int, int]] | None = None
    for start, end in sentences(words):
        said = _said(words[start:end])
        if said.count(" ") < 3:
            continue
        ids, values, _norm = _vector(model, said, "")
        guarded = _guarded(clause_type, said)
        weight = float(values @ model.weights[ids, column]) / math.sqrt(8 + said.count(" ")) + (2 if guarded else 0)
        if guarded and taken is not None and stance(words[start:end], clause_type)[0] == taken:
            weight += 100
        if best is None or weight > best[0]:
            best = weight, (start, end)
    return best[1] if best else None


def _judge(words: str, heading: tuple[str, ...]) -> tuple[Finding, ...]:
    if _is_menu(words):
        return ()
    said = _said(words)
    if said.count(" ") + 1 < FEWEST_WORDS:
        return ()
    model = _model()
    ids, values, norm = _vector(model, said, heading[-1].lower() if heading else "")
    if not norm:
        return ()
    margins = (values @ model.weights[ids]) / norm + model.bias - model.thresholds
    found = []
    for column in np.flatnonzero(margins > 0):
        slug = model.types[column]
        if _guarded(slug, said):
            taken, sure = stance(words, slug)
            score = 1 / (1 + math.exp(-(model.slope * float(margins[column]) + model.intercept)))
            why = _reasons(model, ids, values, int(column))
            found.append(
                Finding(slug, round(score, 3), why, taken if sure >= THRESHOLD else Stance.UNSTATED, round(sure, 3))
            )
    return tuple(sorted(found, key=lambda finding: (-finding.score, finding.type)))


def _said(words: str) -> str:
    return plain(words).lower().replace("’", "'")


def _vector(model: _Model, said: str, heading: str) -> tuple[NDArray[np.intp], NDArray[np.float32], float]:
    """Return the known features of words, their tf-idf values, and the length of the vector."""
    known = model.features
    counts = Counter(known[name] for name in features(said, heading) if name in known)
    ids = np.fromiter(counts, dtype=np.intp, count=len(counts))
    frequencies = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    values = (1 + np.log(frequencies)) * model.idf[ids]
    return ids, values, float(np.sqrt(values @ values))


def _reasons(model: _Model, ids: NDArray[np.intp], values: NDArray[np.float32], column: int) -> tuple[str, ...]:
    weights = values * model.weights[ids, column]
    order = np.argsort(-weights, kind="stable")[:REASONS]
    return tuple(model.names[ids[place]] for place in order if weights[place] > 0)


def _is_menu(words: str) -> bool:
    links = _LINK_TEXT.findall(words) if "](" in words else []
    if len(links) < 4:
        return False
    linked = sum(len(link.split()) for link in links)
    return linked >= LINKS_SHARE * max(1, len(plain(words).split()))


def _guarded(clause_type: str, said: str) -> bool:
    guards = _guards().get(clause_type, ())
    if len(guards) < 2:
        return all(guard.search(said) for guard in guards)
    return any(all(guard.search(said[start:end]) for guard in guards) for start, end in sentences(said))


@cache
def _guards() -> dict[str, tuple[re.Pattern[str], ...]]:
    rows: dict[str, str | list[str]] = read_yaml(DATA / "guards.yaml")
    return {
        slug: tuple(re.compile(pattern) for pattern in ([row] if isinstance(row, str) else row))
        for slug, row in rows.items()
    }


@cache
def _model() -> _Model:
    with np.load(DATA / "reader-weights.npz", allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        return _Model(
            types=bytes(stored["types"]).decode().split("\n"),
            features={name: place for place, name in enumerate(names)},
            names=names,
            idf=stored["idf"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            thresholds=stored["thresholds"].astype(np.float32),
            slope=float(stored["calibration"][0]),
            intercept=float(stored["calibration"][1]),
        )
