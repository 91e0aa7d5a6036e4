"""Tells which clauses a change touched: their passages on both sides, intersected with what the comparison found."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from changes.text.compare import Comparison, Hunk, compare
from clauses.text.matching import normal_words
from clauses.text.precedence import strongest

SAME_PLACE = 50.0
"""Similarity (rapidfuzz ratio of the normalised words, per cent) from which two passages are one, reworded."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A passage of a clause on one side: code points, the wording it is of, the stance the reader gives it."""

    clause: int
    wording: bytes
    start: int
    end: int
    heading: str
    stance: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage as it stood before and as it stands since; None where it was not there, or is gone."""

    old: Stand | None
    new: Stand | None


@dataclass(frozen=True, slots=True)
class Touched:
    """One clause that a change touched. A stance is empty on a side where the clause has no words."""

    clause: int
    old_stance: str
    new_stance: str
    moved: bool
    pairs: tuple[Pair, ...]
    rewording: tuple[str, ...]


def touched(comparison: Comparison, olds: Iterable[Stand], news: Iterable[Stand]) -> list[Touched]:
    """Return the clauses whose words changed or moved, in the order of their first words.

    A passage counts only where it meets a hunk that has other words, or one that moved: what a reader finds or misses
    in words that did not change is no change. Passages that differ by markup, case or punctuation alone are the same.
    """
    before, since = _by_clause(olds), _by_clause(news)
    changed_old, changed_new = _Ranges(comparison, "old", "words"), _Ranges(comparison, "new", "words")
    moved_new = _Ranges(comparison, "new", "moved")
    found = []
    for clause in dict.fromkeys([*since, *before]):
        one = _touched(
            clause, before.get(clause, []), since.get(clause, []), comparison, changed_old, changed_new, moved_new
        )
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: _place(one.pairs[0]))


def _touched(
    clause: int,
    olds: list[Stand],
    news: list[Stand],
    comparison: Comparison,
    changed_old: _Ranges,
    changed_new: _Ranges,
    moved_new: _Ranges,
) -> Touched | None:
    before, since = (strongest((stand.stance for stand in side), default="") for side in (olds, news))
    kept = {stand.wording for stand in olds} & {stand.wording for stand in news}
    gone = [stand for stand in olds if stand.wording not in kept and changed_old.meet(stand)]
    came = [stand for stand in news if stand.wording not in kept and changed_new.meet(stand)]
    pairs = _paired(gone, came, comparison)
    if pairs:
        runs = tuple(run for pair in pairs for run in _rewording(pair, comparison))
        return Touched(clause, before, since, moved=False, pairs=tuple(pairs), rewording=runs)
    moves = [
        Pair(next(old for old in olds if old.wording == new.wording), new)
        for new in news
        if new.wording in kept and moved_new.meet(new)
    ]
    return Touched(clause, before, since, moved=True, pairs=tuple(moves), rewording=()) if moves else None


class _Ranges:
    """The ranges of one side that hunks of a kind lie in, to be asked whether they meet a passage."""

    def __init__(self, comparison: Comparison, side: str, kind: str) -> None:
        spans = [
            span
            for hunk in comparison.hunks
            if (hunk.kind == "moved" if kind == "moved" else hunk.has_words)
            for span in _spans(hunk, side)
        ]
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._longest = max((end - start for start, end in self._spans), default=0)

    def meet(self, stand: Stand) -> bool:
        """Tell whether a passage shares a character with a range, or an empty range lies within it."""
        place = bisect_right(self._starts, stand.end)
        while place and self._starts[place - 1] >= stand.start - self._longest:
            start, end = self._spans[place - 1]
            if (start < stand.end and stand.start < end) or (start == end and stand.start < start < stand.end):
                return True
            place -= 1
        return False


def _spans(hunk: Hunk, side: str) -> list[tuple[int, int]]:
    """Return the ranges of the words that changed on one side; the place where words are missing is an empty range."""
    if side == "old":
        inner = [(part.old_start, part.old_end) for part in hunk.parts if part.kind != "same"]
        return inner or [(hunk.old_start, hunk.old_end)]
    inner = [(part.new_start, part.new_end) for part in hunk.parts if part.kind != "same"]
    return inner or [(hunk.new_start, hunk.new_end)]


def _paired(gone: list[Stand], came: list[Stand], comparison: Comparison) -> list[Pair]:
    """Pair passages that are alike, the likest first; the others stand alone."""
    old_words = [normal_words(comparison.old[stand.start : stand.end]) for stand in gone]
    new_words = [normal_words(comparison.new[stand.start : stand.end]) for stand in came]
    scores = sorted(
        (
            (-fuzz.ratio(a, b), i, j)
            for i, a in enumerate(old_words)
            for j, b in enumerate(new_words)
        ),
    )  # fmt: skip
    pairs: list[Pair] = []
    left_old, left_new = set(range(len(gone))), set(range(len(came)))
    for score, i, j in scores:
        if -score < SAME_PLACE:
            break
        if i in left_old and j in left_new:
            left_old.discard(i)
            left_new.discard(j)
            if old_words[i] != new_words[j]:
                pairs.append(Pair(gone[i], came[j]))
    pairs += [Pair(gone[i], None) for i in left_old] + [Pair(None, came[j]) for j in left_new]
    return sorted(pairs, key=_place)


def _rewording(pair: Pair, comparison: Comparison) -> list[str]:
    old = comparison.old[pair.old.start : pair.old.end] if pair.old else ""
    new = comparison.new[pair.new.start : pair.new.end] if pair.new else ""
    if not old or not new:
        return [old or new]
    return [
        old[part.old_start : part.old_end] or new[part.new_start : part.new_end]
        for hunk in compare(old, new).hunks
        for part in hunk.parts
        if part.kind != "same"
    ]


def _place(pair: Pair) -> tuple[int, int]:
    stand = pair.new or pair.old
    assert stand is not None  # a pair has at least one side
    return stand.start, stand.clause


def _by_clause(stands: Iterable[Stand]) -> dict[int, list[Stand]]:
    by_clause: dict[int, list[Stand]] = defaultdict(list)
    for stand in stands:
        by_clause[stand.clause].append(stand)
    return by_clause
