"""Marks a range of a stored text in the text as it is shown, letter for letter.

Offsets count the Markdown that is stored; what a browser shows has no marks of Markdown in it. One letter at each end
of the range is exchanged for a sign, and the block is drawn again: where the drawing has the sign instead of the
letter and is the same otherwise, the letter is shown just there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe

from conductatlas.pages.version import Paragraph, draw, sheet
from conductatlas.records.fragments import ANCHOR

SIGN = "\U000f0001"
"""Of a private plane: to the parser a letter like any other."""
MOST_TRIES = 60
"""Words that are tried at each end: those of an address are no part of what is shown."""
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'<(?:[^<>"]|"[^"]*")*>|&[#\w]+;|.', re.DOTALL)
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"}


def marked_sheet(text: str, start: int, end: int) -> tuple[list[Paragraph], bool]:
    """Return the blocks of a text with text[start:end] marked, and whether anything of it is shown at all."""
    shown, is_marked = [], False
    for part in sheet(text):
        low, high = max(start, part.start) - part.start, min(end, part.end) - part.start
        html = _marked(text[part.start : part.end], low, high, bool(part.heading_level), not is_marked)
        shown.append(replace(part, html=html) if html else part)
        is_marked = is_marked or bool(html)
    return shown, is_marked


def _marked(words: str, low: int, high: int, is_heading: bool, is_first: bool) -> SafeString | None:
    """Return the drawing of a block with words[low:high] marked; None where nothing of them is shown."""
    if low >= high:
        return None
    html = draw(words, is_heading=is_heading)
    found = list(_WORD.finditer(words, low, high))
    first = _shown(words, [word.start() for word in found], html, is_heading)
    last = _shown(words, [word.end() - 1 for word in reversed(found)], html, is_heading)
    if first is None or last is None:
        return None
    pieces = [match.group() for match in _PIECE.finditer(html)]
    seen = [n for n, piece in enumerate(pieces) if piece[0] != "<"]
    place = {match.start(): n for n, match in enumerate(_PIECE.finditer(html))}
    a, b = seen.index(place[first[1]]), seen.index(place[last[1]])
    for character in reversed(words[low : first[0]]):
        a -= a > 0 and pieces[seen[a - 1]] == _ESCAPED.get(character, character)
    for character in words[last[0] + 1 : high]:
        b += b + 1 < len(seen) and pieces[seen[b + 1]] == _ESCAPED.get(character, character)
    while pieces[seen[a]].isspace():
        a += 1
    while pieces[seen[b]].isspace():
        b -= 1
    return _wrapped(pieces, seen[a], seen[b], is_first)


def _shown(words: str, places: Iterable[int], html: str, is_heading: bool) -> tuple[int, int] | None:
    """Return the first of the places whose letter is shown, and where the drawing has it."""
    for _, place in zip(range(MOST_TRIES), places, strict=False):
        drawn = draw(words[:place] + SIGN + words[place + 1 :], is_heading=is_heading)
        at = drawn.find(SIGN)
        same = at >= 0 and drawn[:at] + words[place] + drawn[at + 1 :] == html
        if same and any(match.start() == at for match in _PIECE.finditer(html)):  # outside of any tag
            return place, at
    return None


def _wrapped(pieces: list[str], first: int, last: int, is_first: bool) -> SafeString:
    """Return the pieces with marks around what is shown from `first` to `last`, none over the edge of an element."""
    out: list[str] = []
    run: list[str] = []

    def close() -> None:
        nonlocal is_first
        words = "".join(run)
        if words.strip():
            out.append(f'<mark id="{ANCHOR}">{words}</mark>' if is_first else f"<mark>{words}</mark>")
            is_first = False
        else:
            out.append(words)
        run.clear()

    for n, piece in enumerate(pieces):
        if first <= n <= last and piece[0] != "<":
            run.append(piece)
        else:
            close()
            out.append(piece)
    close()
    return mark_safe("".join(out))  # noqa: S308 - the pieces of a safe drawing, and marks of our own
