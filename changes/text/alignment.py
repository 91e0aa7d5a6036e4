"""Finds what two sequences have in common, in order: of words exactly, of passages by those that occur just once.

Work is bounded: what is too long for an exact answer is first divided at rare runs that both sides share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

EXACT_LIMIT = 60_000_000
"""Pairs of words up to which the longest common subsequence is found; it takes a bit of memory for each."""
_RARE_RUNS = (3, 1)
"""Lengths of the runs of words at which longer sequences are divided, tried in this order."""
_DEEPEST = 8
_HEAVIEST_LIMIT = 20_000

Run = tuple[int, int, int]
"""Place in the old sequence, place in the new one, and length of what is equal."""


def equal_words(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs of equal words on a longest common subsequence, or near one where that would take too long."""
    return _joined(_equal_words(old, new, 0, len(old), 0, len(new), 0))


def _equal_words(
    old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int, level: int
) -> Iterator[Run]:
    same = _same_at_start(old, new, i, i_end, j, j_end)
    if same:
        yield i, j, same
        i, j = i + same, j + same
    tail = _same_at_end(old, new, i, i_end, j, j_end)
    i_end, j_end = i_end - tail, j_end - tail
    if i < i_end and j < j_end:
        if (i_end - i) * (j_end - j) <= EXACT_LIMIT:
            for block in Indel.opcodes(old[i:i_end], new[j:j_end]):
                if block.tag == "equal":
                    yield i + block.src_start, j + block.dest_start, block.src_end - block.src_start
        elif level < len(_RARE_RUNS):
            yield from _divided(old, new, i, i_end, j, j_end, level)
    if tail:
        yield i_end, j_end, tail


def _divided(
    old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int, level: int
) -> Iterator[Run]:
    """Align what lies between the rare runs of words that both sides share; the next level takes shorter runs."""
    length = _RARE_RUNS[level]
    once = _once_in_both(_runs(old[i:i_end], length), _runs(new[j:j_end], length))
    pairs = [(i + m, j + n) for m, n in once]
    for place in [*_longest_rising([p[1] for p in pairs]), None]:
        to = (i_end, j_end) if place is None else pairs[place]
        if to[0] < i or to[1] < j:
            continue
        yield from _equal_words(old, new, i, to[0], j, to[1], level + 1)
        i, j = to
        if place is not None:
            same = _same_at_start(old, new, i, i_end, j, j_end)
            yield i, j, same
            i, j = i + same, j + same


def _runs(words: Sequence[str], length: int) -> Sequence[Hashable]:
    return words if length == 1 else list(zip(*(words[n:] for n in range(length)), strict=False))


def equal_passages(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs of equal passages that keep their order.

    Those that occur just once on both sides lead, the heaviest order of them where not all can stay; then what
    adjoins them and is equal, and again in what lies between (patience, after Bram Cohen).
    """
    found: list[Run] = []
    gaps = [(0, len(old), 0, len(new), 0)]
    while gaps:
        i, i_end, j, j_end, depth = gaps.pop()
        same = _same_at_start(old, new, i, i_end, j, j_end)
        tail = _same_at_end(old, new, i + same, i_end, j + same, j_end)
        found += [(i, j, same), (i_end - tail, j_end - tail, tail)]
        i, j, i_end, j_end = i + same, j + same, i_end - tail, j_end - tail
        if i == i_end or j == j_end or depth == _DEEPEST:
            continue
        pairs = [
            (i + m, j + n) for m, n in _once_in_both(old[i:i_end], new[j:j_end]) if any(map(str.isalnum, old[i + m]))
        ]
        kept = _kept(pairs, old)
        # The tail of one gap takes in what is equal before an anchor, the start of the next what is equal after it.
        for m, n in kept:
            gaps.append((i, m, j, n, depth + 1))
            i, j = m, n
        if kept:
            gaps.append((i, i_end, j, j_end, depth + 1))
    return _joined(sorted(run for run in found if run[2]))


def _kept(pairs: list[tuple[int, int]], words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs that keep their order: all of them, else those with the most words to them."""
    places = [n for _, n in pairs]
    if all(a < b for a, b in pairwise(places)):
        return pairs
    if len(pairs) > _HEAVIEST_LIMIT:
        return [pairs[place] for place in _longest_rising(places)]
    return [pairs[place] for place in heaviest_rising(places, [len(words[m]) for m, _ in pairs])]


def _once_in_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of what occurs once in each, in the order of the old."""
    places = _once(old)
    others = _once(new)
    return [(place, others[item]) for item, place in places.items() if item in others]


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    repeated: set[Hashable] = set()
    for place, item in enumerate(items):
        if item in places:
            repeated.add(item)
        else:
            places[item] = place
    for item in repeated:
        del places[item]
    return places


def _same_at_start(old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> int:
    most = min(i_end - i, j_end - j)
    same = 0
    while same < most and old[i + same] == new[j + same]:
        same += 1
    return same


def _same_at_end(old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int) -> int:
    most = min(i_end - i, j_end - j)
    same = 0
    while same < most and old[i_end - 1 - same] == new[j_end - 1 - same]:
        same += 1
    return same


def _joined(runs: Sequence[Run] | Iterator[Run]) -> list[Run]:
    joined: list[Run] = []
    for i, j, length in runs:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Return the places of one longest strictly rising subsequence."""
    tails: list[int] = []
    tail_values: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tail_values, value)
        before.append(tails[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            tail_values.append(value)
        else:
            tails[at], tail_values[at] = place, value
    return _traced(before, tails[-1] if tails else -1)


def heaviest_rising(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return the places of one strictly rising subsequence of greatest weight. `values` are all different."""
    ranks = {value: rank for rank, value in enumerate(sorted(values), start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)  # a Fenwick tree of greatest weight and its last place
    before: list[int] = []
    top = (0, -1)
    for place, value in enumerate(values):
        rank = ranks[value]
        under = (0, -1)
        at = rank - 1
        while at:
            under = max(under, best[at])
            at &= at - 1
        before.append(under[1])
        chain = (under[0] + weights[place], place)
        top = max(top, chain)
        while rank < len(best):
            best[rank] = max(best[rank], chain)
            rank += rank & -rank
    return _traced(before, top[1])


def _traced(before: Sequence[int], place: int) -> list[int]:
    places: list[int] = []
    while place >= 0:
        places.append(place)
        place = before[place]
    return places[::-1]
