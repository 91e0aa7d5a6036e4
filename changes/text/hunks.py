"""What a comparison says: hunks, and within them what is the same, gone and new. All offsets are code points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changes.text.counts import Counts


@dataclass(frozen=True, slots=True)
class Part:
    """A run of whole words, or of white space: the same on both sides, gone, or new.

    The side that lacks it has an empty range, where it was or will be.
    """

    kind: str  # same, gone, new
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Hunk:
    """A difference: passages added or removed together, a passage reworded, or passages moved together.

    `parts` cover both ranges in order. Something added has an empty old range, the place where it was put in;
    something removed an empty new one. What moved has two real ranges, and may be reworded too.
    `has_words` tells whether words or digits differ between the two sides (rule 6), not only markup, case,
    punctuation, link targets or white space. A move alone leaves it False: its kind says that the order changed.
    """

    kind: str  # added, removed, reworded, moved
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    parts: tuple[Part, ...]
    has_words: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts and their hunks in the order of the new text; what was removed stands where it was.

    Outside the hunks the two texts are equal, character for character.
    """

    old: str
    new: str
    hunks: tuple[Hunk, ...]

    def counts(self) -> Counts:
        """Return how many words, sentences and passages changed. Computed at each call."""
        from changes.text.counts import count

        return count(self)


@dataclass(frozen=True, slots=True)
class Step:
    """One step through two texts: "same", a hunk's kind, or of a move "moved_from" or "moved_to".

    The ranges are what the step covers on each side; for a move that is one side at a time.
    """

    kind: str
    hunk: Hunk | None
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def steps(comparison: Comparison) -> Iterator[Step]:
    """Walk through both texts at once, from their beginnings to their ends.

    Joined, the old ranges are the old text and the new ranges the new one. Hunks may come in any order.
    Raises ValueError where the hunks overlap or contradict each other.
    """
    here = sorted((h for h in comparison.hunks if h.kind != "added"), key=lambda h: (h.old_start, h.old_end))
    there = sorted((h for h in comparison.hunks if h.kind != "removed"), key=lambda h: (h.new_start, h.new_end))
    at_old = at_new = 0  # places in the two lists
    i = j = 0
    while at_old < len(here) or at_new < len(there):
        gone = here[at_old] if at_old < len(here) else None
        come = there[at_new] if at_new < len(there) else None
        if gone and gone.kind != "reworded" and gone.old_start == i:
            yield Step("moved_from" if gone.kind == "moved" else "removed", gone, i, gone.old_end, j, j)
            i, at_old = gone.old_end, at_old + 1
        elif come and come.kind != "reworded" and come.new_start == j:
            yield Step("moved_to" if come.kind == "moved" else "added", come, i, i, j, come.new_end)
            j, at_new = come.new_end, at_new + 1
        elif gone and gone is come and (gone.old_start, gone.new_start) == (i, j):
            yield Step("reworded", gone, i, gone.old_end, j, gone.new_end)
            i, j, at_old, at_new = gone.old_end, gone.new_end, at_old + 1, at_new + 1
        else:
            length = min(
                [hunk.old_start - i for hunk in here[at_old : at_old + 1]]
                + [hunk.new_start - j for hunk in there[at_new : at_new + 1]]
            )
            if length <= 0:
                raise ValueError(f"the hunks do not fit together at {i} of the old text and {j} of the new one")
            yield Step("same", None, i, i + length, j, j + length)
            i, j = i + length, j + length
    if i < len(comparison.old):
        yield Step("same", None, i, len(comparison.old), j, len(comparison.new))


def mirrored(comparison: Comparison) -> Comparison:
    """Return the comparison of the new text with the old one."""
    turned = Comparison(comparison.new, comparison.old, tuple(_mirrored(hunk) for hunk in comparison.hunks))
    in_order = tuple(_placed(step.hunk, step) for step in steps(turned) if step.hunk and step.kind != "moved_from")
    return Comparison(turned.old, turned.new, in_order)


def _placed(hunk: Hunk, step: Step) -> Hunk:
    """Return something added or removed at the place where the walk met it: what is gone stands before what is new."""
    if hunk.kind not in ("added", "removed"):
        return hunk
    i, i_end, j, j_end = step.old_start, step.old_end, step.new_start, step.new_end
    return Hunk(hunk.kind, i, i_end, j, j_end, (Part(hunk.parts[0].kind, i, i_end, j, j_end),), hunk.has_words)


_OTHER = {"added": "removed", "removed": "added", "gone": "new", "new": "gone"}


def _mirrored(hunk: Hunk) -> Hunk:
    parts: list[Part] = []
    for part in hunk.parts:
        turned = Part(_OTHER.get(part.kind, part.kind), part.new_start, part.new_end, part.old_start, part.old_end)
        if turned.kind == "gone" and parts and parts[-1].kind == "new":
            new = parts.pop()
            turned = Part("gone", turned.old_start, turned.old_end, new.new_start, new.new_start)
            parts += [turned, Part("new", turned.old_end, turned.old_end, new.new_start, new.new_end)]
        else:
            parts.append(turned)
    return Hunk(
        _OTHER.get(hunk.kind, hunk.kind),
        hunk.new_start,
        hunk.new_end,
        hunk.old_start,
        hunk.old_end,
        tuple(parts),
        hunk.has_words,
    )
