"""Makes hunks of aligned passages, in the order of the new text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from changes.text.alignment import Run
from changes.text.hunks import Hunk, Part
from changes.text.pairing import Pair
from changes.text.parts import PartList, add_wording, common_start
from changes.text.passages import Passages
from platforms.text.words import WORD, without_targets, words_of


class HunkMaker:
    """Walks through the passages of two texts and makes their hunks."""

    def __init__(self, old: Passages, new: Passages) -> None:
        self._old, self._new = old, new
        self._hunks: list[Hunk] = []

    def hunks(self, runs: Sequence[Run], pairs: Sequence[Pair], moved: Mapping[int, int]) -> tuple[Hunk, ...]:
        """Return the hunks.

        `runs` are equal passages, `pairs` what was reworded, `moved` says where old passages went. All other passages
        were removed or added.
        """
        old, new = self._old, self._new
        self._white_space(0, old.start(0), 0, new.start(0))
        arrived = {j: i for i, j in moved.items()}
        i = j = 0
        fixed = [Pair(i, i + length, j, j + length) for i, j, length in runs]
        equal = {pair.old_first for pair in fixed}
        end = Pair(len(old), len(old), len(new), len(new))
        for pair in [*sorted([*fixed, *pairs], key=lambda p: p.old_first), end]:
            self._removed(i, pair.old_first, j, moved)
            self._added(j, pair.new_first, pair.old_first, arrived)
            if pair.old_first in equal:
                self._equal(pair)
            elif pair is not end:
                self._reworded(pair)
            i, j = pair.old_end, pair.new_end
        return tuple(self._hunks)

    def _removed(self, i: int, end: int, j: int, moved: Mapping[int, int]) -> None:
        """Add what was removed before the old passage `end`, a hunk for each run that nothing moved out of."""
        while i < end:
            first = i
            while i < end and i not in moved:
                i += 1
            if i > first:
                start, stop, at = self._old.start(first), self._old.start(i), self._new.start(j)
                part = Part("gone", start, stop, at, at)
                self._add(Hunk("removed", start, stop, at, at, (part,), has_any_words(self._old.text[start:stop])))
            i += 1

    def _added(self, j: int, end: int, i: int, arrived: Mapping[int, int]) -> None:
        """Add what was added or moved to before the new passage `end`; runs of either make one hunk."""
        while j < end:
            first = j
            if j in arrived:
                j += 1
                while j < end and arrived.get(j) == arrived[j - 1] + 1:
                    j += 1
                self._moved(arrived[first], first, j - first)
                continue
            while j < end and j not in arrived:
                j += 1
            start, stop, at = self._new.start(first), self._new.start(j), self._old.start(i)
            part = Part("new", at, at, start, stop)
            self._add(Hunk("added", at, at, start, stop, (part,), has_any_words(self._new.text[start:stop])))

    def _moved(self, i: int, j: int, length: int) -> None:
        old, new = self._old, self._new
        parts = PartList(old.start(i), new.start(j))
        for place in range(length):
            self._passage(parts, i + place, j + place)
            parts.white_space(self._after_old(i + place), self._after_new(j + place))
        self._changed("moved", old.start(i), old.end(i + length - 1), new.start(j), new.end(j + length - 1), parts)

    def _passage(self, parts: PartList, i: int, j: int) -> None:
        add_wording(parts, self._old.words[i], self._new.words[j])

    def _reworded(self, pair: Pair) -> None:
        old, new = self._old, self._new
        i, i_end, j, j_end = pair.old_first, pair.old_end, pair.new_first, pair.new_end
        start, stop, new_start, new_stop = old.start(i), old.stops[i_end - 1], new.start(j), new.stops[j_end - 1]
        parts = PartList(start, new_start)
        add_wording(parts, old.text[start:stop], new.text[new_start:new_stop])
        gone, come = self._after_old(i_end - 1), self._after_new(j_end - 1)
        if gone != come:
            parts.white_space(gone, come)
            stop, new_stop = stop + len(gone), new_stop + len(come)
        self._changed("reworded", start, stop, new_start, new_stop, parts)

    def _equal(self, pair: Pair) -> None:
        """Add what differs in white space between passages that are equal."""
        old, new = self._old, self._new
        start, end = old.start(pair.old_first), old.end(pair.old_end - 1)
        new_start, new_end = new.start(pair.new_first), new.end(pair.new_end - 1)
        if end - start == new_end - new_start and old.text[start:end] == new.text[new_start:new_end]:
            return
        for i, j in zip(range(pair.old_first, pair.old_end), range(pair.new_first, pair.new_end), strict=True):
            self._white_space(old.stops[i], old.end(i), new.stops[j], new.end(j))

    def _white_space(self, old_start: int, old_end: int, new_start: int, new_end: int) -> None:
        gone, come = self._old.text[old_start:old_end], self._new.text[new_start:new_end]
        if gone != come:
            same = common_start(gone, come)
            parts = PartList(old_start + same, new_start + same)
            parts.changed(len(gone) - same, len(come) - same)
            self._changed("reworded", old_start + same, old_end, new_start + same, new_end, parts)

    def _changed(self, kind: str, old_start: int, old_end: int, new_start: int, new_end: int, parts: PartList) -> None:
        made = parts.parts()
        words = any(part.kind != "same" for part in made) and has_other_words(
            self._old.text[old_start:old_end], self._new.text[new_start:new_end]
        )
        self._add(Hunk(kind, old_start, old_end, new_start, new_end, made, words))

    def _add(self, hunk: Hunk) -> None:
        """Add a hunk; blank lines put in before an added passage, or gone with a removed one, are part of it."""
        last = self._hunks[-1] if self._hunks else None
        if last and _goes_on(last, hunk):
            self._hunks.pop()
            start, new_start, part = last.old_start, last.new_start, hunk.parts[0]
            part = Part(part.kind, start, part.old_end, new_start, part.new_end)
            hunk = Hunk(hunk.kind, start, hunk.old_end, new_start, hunk.new_end, (part,), hunk.has_words)
        self._hunks.append(hunk)

    def _after_old(self, i: int) -> str:
        return self._old.text[self._old.stops[i] : self._old.end(i)]

    def _after_new(self, j: int) -> str:
        return self._new.text[self._new.stops[j] : self._new.end(j)]


def _goes_on(last: Hunk, hunk: Hunk) -> bool:
    """Tell whether something added or removed goes on from blank lines added or removed."""
    if last.kind != "reworded" or len(last.parts) != 1 or len(hunk.parts) != 1:
        return False
    is_alike = last.parts[0].kind == hunk.parts[0].kind
    return is_alike and (last.old_end, last.new_end) == (hunk.old_start, hunk.new_start)


def has_any_words(text: str) -> bool:
    """Tell whether a text has a word or number outside the targets of links."""
    return any(WORD.search(without_targets(line)) for line in text.split("\n"))


def has_other_words(old: str, new: str) -> bool:
    """Tell whether words or digits differ, markup, case, punctuation and the targets of links aside (rule 6)."""
    if not has_any_words(old) and not has_any_words(new):
        return False
    return [w for line in old.split("\n") for w in words_of(line)] != [
        w for line in new.split("\n") for w in words_of(line)
    ]
