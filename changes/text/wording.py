"""Finds what changed between two sequences of words, as a reader would mark it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from changes.text.alignment import equal_words

KEPT_BETWEEN = 2
"""Fewer unchanged words than this between two changes are struck and written again, so that phrases stay whole."""
_KEPT_BETWEEN_LONG = 4
_LONG = 12
"""Between two changes that each touch so many words, fewer than _KEPT_BETWEEN_LONG unchanged ones mean nothing."""
KEPT_AT_ALL = 0.15
"""Where less than this share of the shorter wording stays, the passage was written anew as a whole."""
_FARTHEST = 40
"""Words over which something added among equal words is shifted to where a sentence begins."""

Change = tuple[int, int, int, int]
"""Places in the old words, from and to, that became places in the new words."""


def changes_of(old: Sequence[str], new: Sequence[str], breaks: Collection[int] = ()) -> list[Change]:
    """Return what changed between two sequences of words and signs, phrases kept together.

    `breaks` are the places in the new words where a line begins: two changes are not joined across them.
    """
    runs = equal_words(old, new)
    shorter = min(len(old), len(new))
    if shorter and sum(length for _, _, length in runs) < KEPT_AT_ALL * shorter:
        return [(0, len(old), 0, len(new))]
    found: list[Change] = []
    i = j = 0
    for m, n, length in [*runs, (len(old), len(new), 0)]:
        if m > i or n > j:
            found.append((i, m, j, n))
        i, j = m + length, n + length
    joined: list[Change] = []
    for place, change in enumerate(found):
        room = found[place + 1][2] - change[3] if place + 1 < len(found) else len(new) - change[3]
        change = _slid(change, change[2] - joined[-1][3] if joined else change[2], room, old, new)
        if joined and _is_one(joined[-1], change, new, breaks):
            before = joined.pop()
            change = (before[0], change[1], before[2], change[3])
        joined.append(change)
    return joined


def _is_one(before: Change, after: Change, new: Sequence[str], breaks: Collection[int]) -> bool:
    """Tell whether too little stays between two changes to be read as unchanged."""
    first, end = before[3], after[2]
    if end - first > 3 * _KEPT_BETWEEN_LONG:
        return False
    kept = sum(any(map(str.isalnum, word)) for word in new[first:end])
    limit = KEPT_BETWEEN if min(_size(before), _size(after)) < _LONG else _KEPT_BETWEEN_LONG
    return kept < limit and not (breaks and any(place in breaks for place in range(first, end + 1)))


def _size(change: Change) -> int:
    return max(change[1] - change[0], change[3] - change[2])


def _slid(change: Change, back: int, on: int, old: Sequence[str], new: Sequence[str]) -> Change:
    """Return something added or removed, shifted among equal words to where it begins a sentence or a phrase.

    "One. [Two.] Three." reads better than "One[. Two]. Three."; both are true. `back` and `on` are how many equal
    words lie before and after.
    """
    i, i_end, j, j_end = change
    if i == i_end:
        words, first, end = new, j, j_end
    elif j == j_end:
        words, first, end = old, i, i_end
    else:
        return change
    best, shift = _rank(words, first), 0
    for step in range(1, min(back, _FARTHEST) + 1):
        if words[first - step] != words[end - step]:
            break
        if _rank(words, first - step) > best:
            best, shift = _rank(words, first - step), -step
    for step in range(min(on, _FARTHEST)):
        if words[first + step] != words[end + step]:
            break
        if _rank(words, first + step + 1) > best:
            best, shift = _rank(words, first + step + 1), step + 1
    return (i + shift, i_end + shift, j + shift, j_end + shift)


def _rank(words: Sequence[str], place: int) -> int:
    """Rank a place among words: the beginning, after a sentence, after a phrase, anywhere."""
    if place == 0:
        return 3
    before = words[place - 1]
    return 2 if before in ".!?。！？" else 1 if before in ",;:，、；：" else 0
