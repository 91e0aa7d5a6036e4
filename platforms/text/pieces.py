"""Cuts a text into the pieces by which pasted words are found again: the words of its lines, typography forgiven.

Pure. Two texts with the same pieces say the same words in the same order, whatever their markup, case, accents,
punctuation, quotation marks, dashes and blanks. Each character is folded by itself, so that the place of a word in the
text can be told again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from platforms.text.words import LINK_DEFINITION, LINK_TARGET, WORD

RELEASE = "1"
LONGEST = 400
"""Words; a longer line is cut, so that each piece can be indexed."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ASIDE = re.compile(f"{LINK_TARGET.pattern}|{_ENTITY.pattern}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words begin and end in a text, in code points."""

    start: int
    end: int


def folded(line: str) -> list[str]:
    """Return the words of a line as they are compared."""
    if _is_definition(line):
        return []
    if "](" in line:
        line = LINK_TARGET.sub("]()", line)
    if "&" in line:
        line = _ENTITY.sub(lambda found: html.unescape(found.group()), line)
    return WORD.findall(_fold(line))


def pieces(text: str) -> Iterator[list[str]]:
    """Yield the words of each line that has any, a long line in several."""
    for line in text.split("\n"):
        words = folded(line)
        for start in range(0, len(words), LONGEST):
            yield words[start : start + LONGEST]


def words_of(text: str) -> list[str]:
    """Return all words of a text in order."""
    return [word for piece in pieces(text) for word in piece]


def place_of(text: str, words: Sequence[str]) -> Place | None:
    """Return where words stand in a text the first time; None where they do not or there are none.

    It goes through a text character by character: for the few texts whose place is shown.
    """
    wanted = list(words)
    found: list[tuple[str, int, int]] = []
    at = 0
    for line in text.split("\n"):
        found += [(word, at + start, at + end) for word, start, end in _placed(line)]
        at += len(line) + 1
    said = [word for word, _, _ in found]
    for first in (n for n, word in enumerate(said) if wanted and word == wanted[0]):
        if said[first : first + len(wanted)] == wanted:
            return Place(found[first][1], found[first + len(wanted) - 1][2])
    return None


def _placed(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a line with where each begins and ends in it."""
    if _is_definition(line):
        return
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end, shown in _units(line):
        part = _fold(shown)
        parts.append(part)
        spans += [(start, end)] * len(part)
    for found in WORD.finditer("".join(parts)):
        yield found.group(), spans[found.start()][0], spans[found.end() - 1][1]


def _units(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield each character, entity and target of a link with its place and what is compared of it."""
    at = 0
    for aside in _ASIDE.finditer(line):
        yield from ((n, n + 1, line[n]) for n in range(at, aside.start()))
        words = aside.group()
        yield aside.start(), aside.end(), "]()" if words.startswith("]") else html.unescape(words)
        at = aside.end()
    yield from ((n, n + 1, line[n]) for n in range(at, len(line)))


def _is_definition(line: str) -> bool:
    return "]:" in line and line.lstrip().startswith("[") and LINK_DEFINITION.match(line) is not None


def _fold(words: str) -> str:
    """Return characters as they are compared; each gives the same wherever it stands."""
    words = words.casefold()
    if words.isascii():
        return words
    return _MARKS.sub("", unicodedata.normalize("NFKD", words).casefold())


def _ranges() -> str:
    """Return, as the inside of a character class, what is no part of any word: accents and invisible signs."""
    ranges: list[list[int]] = []
    for code in range(0xA0, 0x20000):
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = re.compile(f"[{_ranges()}]")
