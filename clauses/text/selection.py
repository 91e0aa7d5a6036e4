"""What a curator selected in a text: whole words, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clauses.text.blocks import Block, blocks

MOST_RANGES = 20


@dataclass(frozen=True, slots=True)
class Selected:
    """Words within one numbered paragraph; `start` and `end` are code points."""

    start: int
    end: int
    block: Block


def selected(text: str, ranges: Iterable[tuple[int, int]]) -> list[Selected]:
    """Return the words of ranges of a text, in order: whole words, cut where a paragraph ends, headings left out.

    Raises ValueError, with a sentence for the curator, where a range is not within the text or has no words.
    """
    asked = sorted(ranges)
    if not asked:
        raise ValueError("Select the words that are the clause.")
    if len(asked) > MOST_RANGES:
        raise ValueError(f"Select at most {MOST_RANGES} places.")
    if any(not 0 <= start < end <= len(text) for start, end in asked):
        raise ValueError("These places are not within the text of this version.")
    numbered = [block for block in blocks(text) if block.number]
    found: list[Selected] = []
    for start, end in _joined(whole_words(text, start, end) for start, end in asked):
        for block in numbered:
            span = _trimmed(text, max(start, block.start), min(end, block.end))
            if span is not None:
                found.append(Selected(*span, block))
    if not found:
        raise ValueError("There are no words of a numbered paragraph in what was selected.")
    return found


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to the ends of the words that it cuts."""
    while _is_within_word(text, start):
        start -= 1
    while _is_within_word(text, end):
        end += 1
    return start, end


def _is_within_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a range without the blanks at its ends; None where no letter or digit is left."""
    words = text[start:end] if start < end else ""
    if not any(character.isalnum() for character in words):
        return None
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join ranges that overlap or touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
