"""A comparison as edits of the old text, without a copy of what did not change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from changes.text.hunks import Comparison, Step, steps

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new_words` in the place of `old[old_start:old_end]` (code points).

    Each of `new_words` is new text, or the range of the old text that moved to here, which another edit takes away.
    """

    old_start: int
    old_end: int
    new_words: tuple[str | Span, ...]


def patch(comparison: Comparison) -> tuple[Edit, ...]:
    """Return the edits that make the new text of the old one, in order; they do not overlap."""
    edits: list[Edit] = []
    for edit in _edits(comparison):
        if edits and edits[-1].old_end == edit.old_start:
            last = edits.pop()
            edit = Edit(last.old_start, edit.old_end, last.new_words + edit.new_words)
        edits.append(edit)
    return tuple(edits)


def apply(edits: Iterable[Edit], old: str) -> str:
    """Return the text that edits make of the old text.

    Raises ValueError where the edits overlap, are out of order, or reach outside the text.
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.old_start <= edit.old_end <= len(old):
            raise ValueError(f"an edit of {edit.old_start} to {edit.old_end} does not follow on {at}")
        pieces.append(old[at : edit.old_start])
        for words in edit.new_words:
            if isinstance(words, str):
                pieces.append(words)
            elif 0 <= words[0] <= words[1] <= len(old):
                pieces.append(old[words[0] : words[1]])
            else:
                raise ValueError(f"there are no characters {words[0]} to {words[1]} to move")
        at = edit.old_end
    return "".join([*pieces, old[at:]])


def _edits(comparison: Comparison) -> Iterator[Edit]:
    for step in steps(comparison):
        if step.hunk is None:
            continue
        if step.kind == "moved_from":
            yield Edit(step.old_start, step.old_end, ())
        elif step.kind == "moved_to":
            yield Edit(step.old_start, step.old_end, _moved_words(comparison, step))
        else:
            for part in step.hunk.parts:
                if part.kind != "same":
                    # Something added stands where the walk is, which its hunk says too.
                    words = comparison.new[part.new_start : part.new_end]
                    yield Edit(part.old_start, part.old_end, (words,) if words else ())


def _moved_words(comparison: Comparison, step: Step) -> tuple[str | Span, ...]:
    assert step.hunk is not None
    return tuple(
        (part.old_start, part.old_end) if part.kind == "same" else comparison.new[part.new_start : part.new_end]
        for part in step.hunk.parts
        if part.kind != "gone"
    )
