"""Judges which types of clause a paragraph belongs to, in three steps.

A linear model over stems and pairs of ideas gives a margin a type to the paragraph, to each sentence and to the
heading; for the types left open, trees and a line a type weigh these margins together with the rules that hold;
guards hold back.
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

from clauses.text.evidence import Vector, evidence
from clauses.text.linear import Model, fingerprint, model
from clauses.text.lines import decided
from clauses.text.menus import is_menu
from clauses.text.passages import Passage, passage
from clauses.text.plain import plain
from clauses.text.sentences import sentences
from clauses.text.stance import THRESHOLD, Stance, stance
from platforms.data_files import read_yaml

READER_RELEASE = "2026.5"
DATA = Path(__file__).resolve().parent.parent / "data"
FEWEST_WORDS = 5
"""A shorter paragraph is a title or a fragment and belongs to no type."""
REASONS = 5
RULE_WORDS = 80
"""A reason that quotes the words of which a rule holds is cut to so many characters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One type that a paragraph belongs to. `score` is the share of such findings that were right in training."""

    type: str
    score: float
    why: tuple[str, ...]
    stance: Stance
    stance_score: float


def findings(words: str, heading: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return the types that a paragraph belongs to, the surest first. `words` may be Markdown."""
    return findings_of([(words, heading)])[0]


def findings_of(paragraphs: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[Finding, ...]]:
    """Return the findings of many paragraphs, each given with its heading path."""
    known = model()
    shown = [_shown(words, heading) for words, heading in paragraphs]
    judged = [place for place, one in enumerate(shown) if one is not None]
    passages = [one for one in shown if one is not None]
    weighed = known.margins(passages)
    open_ = evidence(passages, weighed, known.types)
    margins = decided(known.trees, known.lines, open_) - known.thresholds[open_.type]
    found: list[list[Finding]] = [[] for _ in paragraphs]
    for row in np.flatnonzero(margins > 0).tolist():
        paragraph, column = int(open_.paragraph[row]), int(open_.type[row])
        if guarded(known.types[column], passages[paragraph].said):
            place = judged[paragraph]
            why = _reasons(known, weighed[paragraph].vector, column, open_.rules[row])
            found[place].append(_finding(known, paragraphs[place][0], column, float(margins[row]), why))
    return [tuple(sorted(some, key=lambda finding: (-finding.score, finding.type))) for some in found]


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
        weight = float(model().margin_of(said, "")[column]) - (2 if held_back else 0)
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


def _shown(words: str, heading: tuple[str, ...]) -> Passage | None:
    """Return a paragraph as the model is shown it, nothing for a menu or a fragment."""
    if is_menu(words):
        return None
    shown = passage(words, heading[-1] if heading else "")
    return shown if shown.said.count(" ") + 1 >= FEWEST_WORDS else None


def _finding(known: Model, words: str, column: int, margin: float, why: tuple[str, ...]) -> Finding:
    slug = known.types[column]
    taken, sure = stance(words, slug)
    score = 1 / (1 + math.exp(-(known.slope * margin + known.intercept)))
    return Finding(slug, round(score, 3), why, taken if sure >= THRESHOLD else Stance.UNSTATED, round(sure, 3))


def _said(words: str) -> str:
    return plain(words).lower().replace("’", "'")


def _reasons(known: Model, vector: Vector | None, column: int, rules: dict[int, str]) -> tuple[str, ...]:
    """Return the words of which the type's rules hold, in quotes, then the features that weigh most."""
    quoted = list(dict.fromkeys(f"“{words[:RULE_WORDS].strip()}”" for words in rules.values()))[:2]
    if vector is None:
        return tuple(quoted)
    weights = vector[1] * known.weights[vector[0], column]
    speaking = np.flatnonzero(weights > 0)
    order = speaking[(-weights[speaking]).argsort(kind="stable")[: REASONS - len(quoted)]]
    return (*quoted, *(known.names[at] for at in vector[0][order].tolist()))


@cache
def _guards() -> dict[str, tuple[re.Pattern[str], ...]]:
    rows: dict[str, str | list[str]] = read_yaml(DATA / "guards.yaml")
    return {
        slug: tuple(re.compile(pattern) for pattern in ([row] if isinstance(row, str) else row))
        for slug, row in rows.items()
    }
