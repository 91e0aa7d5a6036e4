"""Builds the parts of a hunk from words that changed, exact to the character."""

from __future__ import annotations

from changes.text.hunks import Part
from changes.text.wording import Change, changes_of
from changes.text.words import Tokens, tokens


class PartList:
    """Collects parts in order; what adjoins is joined, and what is gone stands before what is new."""

    def __init__(self, old_start: int, new_start: int) -> None:
        self._parts: list[Part] = []
        self._old, self._new = old_start, new_start  # up to here everything is in a part or in the open change
        self._change = (old_start, new_start)  # where the open change begins; nothing changed where it is empty

    def same(self, length: int) -> None:
        """Add characters that are equal on both sides."""
        if not length:
            return
        self._close()
        start = Part("same", self._old, self._old + length, self._new, self._new + length)
        if self._parts and self._parts[-1].kind == "same":
            last = self._parts.pop()
            start = Part("same", last.old_start, start.old_end, last.new_start, start.new_end)
        self._parts.append(start)
        self._old, self._new = self._old + length, self._new + length
        self._change = (self._old, self._new)

    def changed(self, gone: int, new: int) -> None:
        """Add so many characters gone and so many new ones."""
        self._old, self._new = self._old + gone, self._new + new

    def white_space(self, old: str, new: str) -> None:
        """Add white space on both sides, equal or not; what is equal at its beginning stays."""
        same = common_start(old, new)
        self.same(same)
        self.changed(len(old) - same, len(new) - same)

    def parts(self) -> tuple[Part, ...]:
        """Return the parts."""
        self._close()
        return tuple(self._parts)

    def _close(self) -> None:
        old, new = self._change
        if old < self._old:
            self._parts.append(Part("gone", old, self._old, new, new))
        if new < self._new:
            self._parts.append(Part("new", self._old, self._old, new, self._new))
        self._change = (self._old, self._new)


def common_start(old: str, new: str) -> int:
    """Return how many characters two pieces of text have in common at their beginning."""
    most = min(len(old), len(new))
    return next((place for place in range(most) if old[place] != new[place]), most)


def add_wording(parts: PartList, old: str, new: str) -> None:
    """Add what changed between two wordings; neither begins or ends with white space."""
    if old == new:
        parts.same(len(old))
        return
    before, after = tokens(old), tokens(new)
    i = j = 0
    for change in changes_of(before.words, after.words, _breaks(after) if "\n" in new else frozenset()):
        _add_same(parts, old, before, i, new, after, j, change[0] - i)
        _add_change(parts, old, before, new, after, change)
        i, j = change[1], change[3]
    _add_same(parts, old, before, i, new, after, j, len(before.words) - i)


def _breaks(words: Tokens) -> frozenset[int]:
    """Return the places of words that begin a line."""
    return frozenset(place for place, blank in enumerate(words.blanks, start=1) if "\n" in blank)


def _add_same(parts: PartList, old: str, before: Tokens, i: int, new: str, after: Tokens, j: int, length: int) -> None:
    """Add equal words; the white space between them may differ."""
    if not length:
        return
    old_start, old_end = before.starts[i], before.ends[i + length - 1]
    new_start, new_end = after.starts[j], after.ends[j + length - 1]
    if old[old_start:old_end] == new[new_start:new_end]:
        parts.same(old_end - old_start)
        return
    blanks = zip(before.blanks[i : i + length - 1], after.blanks[j : j + length - 1], strict=True)
    for place, (gone, come) in enumerate(blanks):
        if gone != come:
            parts.same(before.ends[i + place] - old_start)
            parts.white_space(gone, come)
            old_start = before.starts[i + place + 1]
    parts.same(old_end - old_start)


def _add_change(parts: PartList, old: str, before: Tokens, new: str, after: Tokens, change: Change) -> None:
    """Add a change with the white space around it, of which what is equal on both sides stays."""
    gone = _between(old, before, change[0], change[1])
    come = _between(new, after, change[2], change[3])
    lead = gone[: len(gone) - len(gone.lstrip())]
    if lead != come[: len(come) - len(come.lstrip())]:
        lead = ""
    gone, come = gone[len(lead) :], come[len(lead) :]
    trail = gone[len(gone.rstrip()) :]
    if trail != come[len(come.rstrip()) :]:
        trail = ""
    parts.same(len(lead))
    parts.changed(len(gone) - len(trail), len(come) - len(trail))
    parts.same(len(trail))


def _between(text: str, words: Tokens, first: int, end: int) -> str:
    """Return the text from the end of the word before `first` to the beginning of the word at `end`."""
    start = words.ends[first - 1] if first else 0
    return text[start : words.starts[end] if end < len(words.starts) else len(text)]
