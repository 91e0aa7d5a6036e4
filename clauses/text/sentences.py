"""Finds the sentences of a piece of text. Lines that begin an item end the sentence before."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]*_]*+(?=\s)|\n(?=\s*(?:[*+-]|\d{1,3}[.)])\s)|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Ltd|Co|Corp|No|Nos|Art|Arts|Sec|Secs|St|Mr|Mrs|Ms|Dr|vs|cf|ca|al|approx|e\.g|i\.e|U\.S|U\.K|E\.U|a\.m|p\.m"
    r"|[A-Z])|^\s*(?:[*+-]\s+)?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+))\\?\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, in code points; they start and end with non-blank characters."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        if text[found.start()] == "." and _is_abbreviation(text, start, found.start() + 1):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    tail = text[max(start, end - 24) : end]
    found = _ABBREVIATION.search(tail)
    if found is None:
        return False
    following = text[end : end + 3].lstrip()
    return found.group(0).lstrip()[0].islower() or found.start() == 0 or not following[:1].isupper() or len(tail) < 5


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        at = start + len(words) - len(words.lstrip())
        spans.append((at, at + len(stripped)))
