"""Tells which words moved between two versions: under another heading, or out of order with their neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def moved(before: Sequence[tuple[int, str]], after: Sequence[tuple[int, str]]) -> set[int]:
    """Return the keys that stand in both versions and moved; each version gives (key, heading) in document order.

    A mere shift is no move: what keeps its heading and lies on a longest common order of both versions stays.
    """
    places = {key: (place, heading) for place, (key, heading) in enumerate(before)}
    common = [(key, places[key][0]) for key, _ in after if key in places]
    stays = _longest_rising([place for _, place in common])
    out_of_order = {key for n, (key, _) in enumerate(common) if n not in stays}
    return out_of_order | {key for key, heading in after if key in places and places[key][1] != heading}


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Return the indexes of one longest strictly rising subsequence."""
    tails: list[int] = []
    tail_values: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(places):
        at = bisect_left(tail_values, value)
        previous.append(tails[at - 1] if at else -1)
        if at == len(tails):
            tails.append(index)
            tail_values.append(value)
        else:
            tails[at], tail_values[at] = index, value
    kept: set[int] = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept
