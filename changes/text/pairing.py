"""Pairs passages that were reworded, divided or joined, by the words they share in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from changes.text.alignment import equal_words
from changes.text.words import FoldedWords

REWORDED = 0.4
"""Two passages that share this much of their words (twice the shared ones, by all) are wordings of one."""
REWORDED_IN_PLACE = 0.2
"""The same for the only passage removed between two neighbours and the only one added there."""
CONTAINED = 0.6
"""A passage that has this much of its words close together in a longer one went into it."""
_LEAST_CONTAINED = 4
_SPREAD = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A range of old passages that became a range of new ones."""

    old_first: int
    old_end: int
    new_first: int
    new_end: int


@dataclass(slots=True)
class _Link:
    """What an old and a new passage share: how many words, and from where to where they lie."""

    old: int
    new: int
    shared: int
    old_from: int
    old_to: int
    new_from: int
    new_to: int


def reworded(old: Sequence[str], new: Sequence[str], folded: FoldedWords) -> list[Pair]:
    """Return which passages became which, in order; what is in no pair was removed or added.

    `old` and `new` are the passages between two neighbours that did not change.
    """
    before, after = _Words(old, folded), _Words(new, folded)
    links = _links(before, after)
    good = [link for link in links if _is_good(link, before.lengths[link.old], after.lengths[link.new])]
    pairs: list[Pair] = []
    for link in good:
        if pairs and (link.old < pairs[-1].old_end or link.new < pairs[-1].new_end):
            last = pairs.pop()
            link_pair = Pair(last.old_first, link.old + 1, last.new_first, link.new + 1)
        else:
            link_pair = Pair(link.old, link.old + 1, link.new, link.new + 1)
        pairs.append(link_pair)
    return _with_pairs_in_place(pairs, before, after, {(link.old, link.new): link.shared for link in links})


class _Words:
    """The words of passages in one sequence, each with the passage it is of."""

    def __init__(self, passages: Sequence[str], folded: FoldedWords) -> None:
        self.words: list[str] = []
        self.passage: list[int] = []
        self.lengths: list[int] = []
        for place, passage in enumerate(passages):
            words = folded.of(passage) or [passage]
            self.words += words
            self.passage += [place] * len(words)
            self.lengths.append(len(words))
        self._passages, self._folded = passages, folded

    def has_words(self, place: int) -> bool:
        """Tell a passage with words from a rule or an underline."""
        return bool(self._folded.of(self._passages[place]))


def _links(before: _Words, after: _Words) -> list[_Link]:
    links: list[_Link] = []
    last: _Link | None = None
    for i, j, length in equal_words(before.words, after.words):
        done = 0
        while done < length:
            a, b = before.passage[i + done], after.passage[j + done]
            # How far the run goes on in this very passage on both sides.
            run = done + 1
            if before.passage[i + length - 1] == a and after.passage[j + length - 1] == b:
                run = length
            else:
                while run < length and before.passage[i + run] == a and after.passage[j + run] == b:
                    run += 1
            if last is None or last.old != a or last.new != b:
                last = _Link(a, b, 0, i + done, 0, j + done, 0)
                links.append(last)
            last.shared += run - done
            last.old_to, last.new_to = i + run, j + run
            done = run
    return links


def _is_good(link: _Link, old_length: int, new_length: int) -> bool:
    if 2 * link.shared >= REWORDED * (old_length + new_length):
        return True
    shorter = min(old_length, new_length)
    spread = link.new_to - link.new_from if old_length < new_length else link.old_to - link.old_from
    return shorter >= _LEAST_CONTAINED and link.shared >= CONTAINED * shorter and spread <= _SPREAD * shorter


def _with_pairs_in_place(
    pairs: Sequence[Pair], before: _Words, after: _Words, shared: dict[tuple[int, int], int]
) -> list[Pair]:
    """Add the pairs of a passage that stands alone between two others with the one that stands there now."""
    whole: list[Pair] = []
    for old_first, old_end, new_first, new_end, pair in _gaps(pairs, len(before.lengths), len(after.lengths)):
        if old_end - old_first == 1 == new_end - new_first:
            both = before.lengths[old_first] + after.lengths[new_first]
            wordless = not before.has_words(old_first) and not after.has_words(new_first)
            if wordless or 2 * shared.get((old_first, new_first), 0) >= REWORDED_IN_PLACE * both:
                whole.append(Pair(old_first, old_end, new_first, new_end))
        if pair:
            whole.append(pair)
    return whole


def _gaps(pairs: Sequence[Pair], old_length: int, new_length: int) -> Iterator[tuple[int, int, int, int, Pair | None]]:
    """Yield what lies before each pair, and after the last one, with the pair."""
    old_at = new_at = 0
    for pair in pairs:
        yield old_at, pair.old_first, new_at, pair.new_first, pair
        old_at, new_at = pair.old_end, pair.new_end
    yield old_at, old_length, new_at, new_length, None
