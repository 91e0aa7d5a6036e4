"""Words as they can be printed: what no font here shows, or no reader sees, is named by its number instead."""

from __future__ import annotations

import re
import unicodedata

from conductatlas.printing.fonts import covered

_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
_JOINERS = {0x200C, 0x200D}
BREAK = "\ue000"
"""Where a template may end a line within a word: of private use, so printable words have none of their own."""
_LONG = re.compile(r"\S{22,}")
LONGEST = 34
"""Characters of a word that fits on a line of a quotation however wide they are."""
_BREAKABLE = re.compile(rf"(?<!\S)((?=\S*?\w[^\w\s]+\S)\S{{2,{LONGEST}}}(?!\S))")
_ENDLESS = re.compile(rf"\S{{{LONGEST + 1},}}")


def printable(words: str) -> str:
    """Return words with each character that cannot be seen in print written as [U+XXXX].

    That is what the fonts have no glyph for, control characters, and those that only steer how others are shown (such
    as overrides of direction, which could make a print read otherwise than its words). Lines and tabs stay as space.
    """
    return words.translate(_PRINTED)


def breakable(words: str) -> str:
    """Return printable words in which a long one may be broken, in narrow columns too, rather than run off the page."""
    return _LONG.sub(_with_breaks, printable(words))


def pieces(line: str) -> list[str]:
    """Return a printable line of a quotation split so that every other piece is a word that must not be broken.

    Those are words with a sign within at which a line could end (a hyphen, a slash), so that what is copied out of a
    print has no break that the words have not. A word too long for any line may be broken.
    """
    return [_ENDLESS.sub(_with_breaks, piece) for piece in _BREAKABLE.split(line)]


def _with_breaks(word: re.Match[str]) -> str:
    found = word.group()
    return BREAK.join(found[at : at + 10] for at in range(0, len(found), 10))


def excerpt(words: str, most: int) -> str:
    """Return the first sentences of words that fit in `most` characters; cut within one only where none fits."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    ends = [match.end() for match in re.finditer(r"[.!?;:][\"”’)]*(?=\s)", line[: most + 1])]
    if ends and ends[-1] > most // 3:
        return f"{line[: ends[-1]]} …"
    return f"{line[:most].rsplit(' ', 1)[0]} …"


def _is_seen(point: int) -> bool:
    if chr(point) in "\n\t\u00a0 ":
        return True
    if point in _JOINERS:
        return point in covered()
    return point in covered() and unicodedata.category(chr(point)) not in _INVISIBLE


class _Printed(dict[int, str]):
    """What each character is printed as, found out once."""

    def __missing__(self, point: int) -> str:
        printed = self[point] = chr(point) if _is_seen(point) else f"[U+{point:04X}]"
        return printed


_PRINTED = _Printed()
