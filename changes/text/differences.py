"""Makes hunks of two texts: aligns their passages, finds what moved, and compares the words of what was reworded."""

from __future__ import annotations

from collections.abc import Sequence

from changes.text.alignment import Run, equal_passages, heaviest_rising
from changes.text.hunks import Hunk
from changes.text.making import HunkMaker
from changes.text.moves import same_words, similar_words, with_neighbours
from changes.text.pairing import Pair, reworded
from changes.text.passages import Passages
from changes.text.words import FoldedWords

MOST_REWORDED = 5_000
"""Where more passages than this were reworded, as on a page of nothing but tiny lines, neighbours make one hunk."""


def differences(old: Passages, new: Passages) -> tuple[Hunk, ...]:
    """Return the hunks of two texts that differ, in the order of the new one."""
    folded = FoldedWords()
    runs = equal_passages(old.words, new.words)
    gaps = _gaps(runs, len(old), len(new))
    removed = [i for gap in gaps for i in range(gap[0], gap[1])]
    added = [j for gap in gaps for j in range(gap[2], gap[3])]
    moved = same_words(removed, added, old.words, new.words, folded)
    stayed = _stayed(moved, gaps, old)
    if stayed:
        runs = sorted([*runs, *((i, j, 1) for i, j in stayed.items())])
        gaps = _gaps(runs, len(old), len(new))
        moved = {i: j for i, j in moved.items() if i not in stayed}
        removed, added = [i for i in removed if i not in stayed], sorted(set(added) - set(stayed.values()))
    pairs = _pairs(gaps, moved, old, new, folded)
    gone, come = set(removed), set(added)
    for pair in pairs:
        gone.difference_update(range(pair.old_first, pair.old_end))
        come.difference_update(range(pair.new_first, pair.new_end))
    left, free = sorted(gone - set(moved)), sorted(come - set(moved.values()))
    if left and free:
        moved |= similar_words(left, free, old.words, new.words, folded)
    moved = with_neighbours(moved, gone, come, old.words, new.words)
    return HunkMaker(old, new).hunks(runs, pairs, moved)


def _gaps(runs: Sequence[Run], old_length: int, new_length: int) -> list[tuple[int, int, int, int]]:
    """Return the ranges between runs of equal passages."""
    gaps: list[tuple[int, int, int, int]] = []
    i = j = 0
    for m, n, length in [*runs, (old_length, new_length, 0)]:
        if i < m or j < n:
            gaps.append((i, m, j, n))
        i, j = m + length, n + length
    return gaps


def _stayed(moved: dict[int, int], gaps: Sequence[tuple[int, int, int, int]], old: Passages) -> dict[int, int]:
    """Return those repeated passages that keep their order between the same neighbours: a mere shift is no move."""
    stayed: dict[int, int] = {}
    for i, i_end, j, j_end in gaps if moved else ():
        here = [place for place in range(i, i_end) if j <= moved.get(place, -1) < j_end]
        kept = heaviest_rising([moved[place] for place in here], [len(old.words[place]) for place in here])
        stayed |= {here[n]: moved[here[n]] for n in kept}
    return stayed


def _pairs(
    gaps: Sequence[tuple[int, int, int, int]], moved: dict[int, int], old: Passages, new: Passages, folded: FoldedWords
) -> list[Pair]:
    """Return which passages became which, those left out that moved."""
    arrived = set(moved.values())
    pairs: list[Pair] = []
    for i, i_end, j, j_end in gaps:
        here = [place for place in range(i, i_end) if place not in moved]
        there = [place for place in range(j, j_end) if place not in arrived]
        if not here or not there:
            continue
        for pair in reworded([old.words[place] for place in here], [new.words[place] for place in there], folded):
            first, end = here[pair.old_first], here[pair.old_end - 1] + 1
            new_first, new_end = there[pair.new_first], there[pair.new_end - 1] + 1
            # A pair that reaches over something that moved would hold what it does not speak of.
            if end - first == pair.old_end - pair.old_first and new_end - new_first == pair.new_end - pair.new_first:
                pairs.append(Pair(first, end, new_first, new_end))
    return pairs if len(pairs) <= MOST_REWORDED else _neighbours_joined(pairs)


def _neighbours_joined(pairs: Sequence[Pair]) -> list[Pair]:
    joined: list[Pair] = []
    for pair in pairs:
        if joined and (joined[-1].old_end, joined[-1].new_end) == (pair.old_first, pair.new_first):
            last = joined.pop()
            pair = Pair(last.old_first, pair.old_end, last.new_first, pair.new_end)
        joined.append(pair)
    return joined
