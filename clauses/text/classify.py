"""Judges which types of clause a paragraph belongs to, in three steps.

A linear model over stems and pairs of ideas gives a margin a type to the paragraph, to each sentence and to the
heading; for the types left open, trees weigh these margins together with the rules that hold; guards hold back.
Deterministic, without network. The weights ship with the project; `python -m clauses.training` makes them anew. This
is the seam: whatever replaces it keeps `findings_of`, `findings`, `stated_by` and `was_learned`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.evidence import COLUMNS, evidence, open_types
from clauses.text.linear import NOTHING, Model, Vectors, fingerprint, model
from clauses.text.passages import Passage, passage
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
RULE_WORDS = 80
"""A reason that quotes the words of which a rule holds is cut to so many characters."""
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
class _Open:
    """A paragraph with the types left open, the evidence for each, and the rules that hold, with their words."""

    words: str
    passage: Passage
    types: NDArray[np.intp]
    evidence: NDArray[np.float64]
    rules: list[dict[int, str]]


def findings(words: str, heading: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return the types that a paragraph belongs to, the surest first. `words` may be Markdown."""
    return findings_of([(words, heading)])[0]


def findings_of(paragraphs: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[Finding, ...]]:
    """Return the findings of many paragraphs, each given with its heading path."""
    left = _opened(paragraphs)
    rows = [one.evidence for one in left if one is not None]
    margins = model().trees.margins(np.vstack(rows) if rows else np.zeros((0, COLUMNS)))
    found: list[tuple[Finding, ...]] = []
    at = 0
    for one in left:
        if one is None:
            found.append(())
            continue
        found.append(_decide(one, margins[at : at + len(one.types)]))
        at += len(one.types)
    return found


def was_learned(words: str) -> bool:
    """Say whether the weights learned from these words (a paragraph, Markdown or plain)."""
    learned, sought = model().learned, np.uint64(fingerprint(plain(words)))
    place = int(np.searchsorted(learned, sought))
    return place < len(learned) and bool(learned[place] == sought)


def stated_by(words: str, clause_type: str, taken: Stance | None = None) -> tuple[int, int] | None:
    """Return the span of the sentence that speaks most for a type, in code points; None where none does.

    Where a stance is given, a sentence that takes it itself goes before every other.
    """
    if clause_type not in model().types:
        return None
    column = model().types.index(clause_type)
    best: tuple[float, tuple[int, int]] | None = None
    for start, end in sentences(words):
        said = _said(words[start:end])
        if said.count(" ") < 3:
            continue
        held_back = not guarded(clause_type, said)
        weight = float(model().margin_of([(said, "")])[0, column]) - (2 if held_back else 0)
        if not held_back and taken is not None and stance(words[start:end], clause_type)[0] == taken:
            weight += 100
        if best is None or weight > best[0]:
            best = weight, (start, end)
    return best[1] if best else None


def guarded(clause_type: str, said: str) -> bool:
    """Say whether plain lower-case words hold what a passage of a type never lacks."""
    guards = _guards().get(clause_type, ())
    if len(guards) < 2:
        return all(guard.search(said) for guard in guards)
    return any(all(guard.search(said[start:end]) for guard in guards) for start, end in sentences(said))


def _opened(paragraphs: Sequence[tuple[str, tuple[str, ...]]]) -> list[_Open | None]:
    known = model()
    shown = [_shown(words, heading) for words, heading in paragraphs]
    margins = iter(known.margins([one for one in shown if one is not None]))
    left: list[_Open | None] = []
    for (words, _heading), one in zip(paragraphs, shown, strict=True):
        some = next(margins) if one is not None else None
        types = open_types(some) if some is not None else np.zeros(0, np.intp)
        if one is None or some is None or not len(types):
            left.append(None)
        else:
            left.append(_Open(words, one, types, *evidence(one, some, known.types, types)))
    return left


def _shown(words: str, heading: tuple[str, ...]) -> Passage | None:
    """Return a paragraph as the model is shown it, nothing for a menu or a fragment."""
    if _is_menu(words):
        return None
    shown = passage(words, heading[-1] if heading else "")
    return shown if shown.said.count(" ") + 1 >= FEWEST_WORDS else None


def _decide(one: _Open, margins: NDArray[np.float64]) -> tuple[Finding, ...]:
    known = model()
    found = []
    above = np.flatnonzero(margins > known.thresholds[one.types])
    vector = known.vectors([(one.passage.said, one.passage.heading)]) if len(above) else NOTHING
    for place in above:
        column = int(one.types[place])
        slug = known.types[column]
        if guarded(slug, one.passage.said):
            taken, sure = stance(one.words, slug)
            margin = float(margins[place] - known.thresholds[column])
            score = 1 / (1 + math.exp(-(known.slope * margin + known.intercept)))
            why = _reasons(known, vector, one.rules[place], column)
            taken = taken if sure >= THRESHOLD else Stance.UNSTATED
            found.append(Finding(slug, round(score, 3), why, taken, round(sure, 3)))
    return tuple(sorted(found, key=lambda finding: (-finding.score, finding.type)))


def _said(words: str) -> str:
    return plain(words).lower().replace("’", "'")


def _reasons(known: Model, vector: Vectors, rules: dict[int, str], column: int) -> tuple[str, ...]:
    """Return the words of which the type's rules hold, in quotes, then the features that weigh most."""
    quoted = list(dict.fromkeys(f"“{words[:RULE_WORDS].strip()}”" for words in rules.values()))[:2]
    weights = vector.value * known.weights[vector.feature, column]
    order = np.argsort(-weights, kind="stable")[: REASONS - len(quoted)]
    return (*quoted, *(known.names[vector.feature[place]] for place in order if weights[place] > 0))


def _is_menu(words: str) -> bool:
    links = _LINK_TEXT.findall(words) if "](" in words else []
    if len(links) < 4:
        return False
    linked = sum(len(link.split()) for link in links)
    return linked >= LINKS_SHARE * max(1, len(plain(words).split()))


@cache
def _guards() -> dict[str, tuple[re.Pattern[str], ...]]:
    rows: dict[str, str | list[str]] = read_yaml(DATA / "guards.yaml")
    return {
        slug: tuple(re.compile(pattern) for pattern in ([row] if isinstance(row, str) else row))
        for slug, row in rows.items()
    }
