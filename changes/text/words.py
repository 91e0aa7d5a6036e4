"""Cuts text into words that a comparison never breaks: runs of letters and digits with what joins them inside.

Scripts without blanks between words (Chinese, Japanese, Thai) are cut at their signs alone, so that there too no word
is ever broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add


def _ranges_of_marks() -> str:
    """Return, as the inside of a character class, what belongs to the character before it (Unicode: Mn, Mc, Me).

    Those of the Basic Multilingual Plane: with others in it the class would be searched six times as slowly.
    """
    ranges: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    joiners = "\u200c\u200d"
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + joiners


_MARK = f"[{_ranges_of_marks()}]"
_LETTERS = rf"[^\W_]++(?:{_MARK}++[^\W_]*+)*+"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_TOKEN = re.compile(
    # One word: don't, 12-month, snake_case, privacy.example, 1,000.50, 12/24, 10:30, https://terms.example/en?a=1
    rf"({_LETTERS}"
    rf"(?:['’ʼ\-‐‑·_.\u00ad\u2060]{_LETTERS}|(?<=\d)[,/:](?=\d){_LETTERS}|://[^\s()<>\[\]\"“”]++)*+"
    rf"|\S(?:{_MARK}|{_SKIN})*+)"
    r"(\s*+)"
)

_PLAIN_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and signs of a text in order, and where each begins and ends, in code points from its beginning.

    `blanks` are the white space after each.
    """

    words: Sequence[str]
    blanks: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


def tokens(text: str) -> Tokens:
    """Return the words and signs of a text that begins with no white space. What lies between them is white space."""
    pairs = _TOKEN.findall(text)
    if not pairs:
        return Tokens((), (), (), ())
    words, blanks = zip(*pairs, strict=True)
    lengths = list(map(len, words))
    starts = list(accumulate(map(add, lengths, map(len, blanks)), initial=0))
    starts.pop()
    return Tokens(words, blanks, starts, list(map(add, starts, lengths)))


class FoldedWords:
    """The words of passages without regard to case, for judging how alike they are; each is cut once."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def of(self, passage: str) -> list[str]:
        """Return the words and numbers of a passage."""
        found = self._known.get(passage)
        if found is None:
            found = self._known[passage] = _PLAIN_WORD.findall(passage.casefold())
        return found
