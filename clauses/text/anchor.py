"""Finds known words in a text."""

from __future__ import annotations

SHORTEST_ANCHOR = 20
"""Code points; shorter words are not searched for in versions where the reader did not find them."""


def find_words(text: str, words: str) -> int | None:
    """Return where words stand in a text, exactly and not within other words; None if they do not."""
    if len(words) < SHORTEST_ANCHOR:
        return None
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        inside_before = start > 0 and text[start - 1].isalnum() and words[0].isalnum()
        inside_after = end < len(text) and text[end].isalnum() and words[-1].isalnum()
        if not inside_before and not inside_after:
            return start
        start = text.find(words, start + 1)
    return None
