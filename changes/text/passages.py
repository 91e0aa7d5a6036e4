"""Cuts a text into passages: its lines that are not blank, each with the white space after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a text. `words[i]` is `text[starts[i]:stops[i]]`, without white space at either end.

    A passage ends where the next one begins; what stands before the first one is white space. Offsets are code points.
    """

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    stops: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)

    def end(self, place: int) -> int:
        """Return where the passage at a place ends with its white space."""
        return self.starts[place + 1] if place + 1 < len(self.starts) else len(self.text)

    def start(self, place: int) -> int:
        """Return where the passage at a place begins, or the end of the text where there is none."""
        return self.starts[place] if place < len(self.starts) else len(self.text)


def passages(text: str) -> Passages:
    """Return the passages of a text. A line ends at a line feed alone, since other separators occur in sentences."""
    lines = text.split("\n")
    cores = list(map(str.strip, lines))
    offsets = accumulate([len(line) + 1 for line in lines], initial=0)
    starts = [
        at if core is line else at + len(line) - len(line.lstrip())
        for at, line, core in zip(offsets, lines, cores, strict=False)
        if core
    ]
    words = list(filter(None, cores))
    return Passages(text, words, starts, list(map(add, starts, map(len, words))))
