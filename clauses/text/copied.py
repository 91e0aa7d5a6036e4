"""Finds words that were copied from another text: a whole sentence, or eight words in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauses.text.sentences import sentences

RUN = 8
"""So many words in a row that two texts share are held to be copied."""
FEWEST = 5
"""A sentence of fewer words may stand in both by chance."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without signs, typographic apostrophes made plain."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def copied(prose: str, sources: Iterable[str]) -> str:
    """Return the first piece of some prose that stands in a source as well, as it is written there; else nothing."""
    whole: set[tuple[str, ...]] = set()
    runs: set[tuple[str, ...]] = set()
    for source in sources:
        whole |= {tuple(words_of(source[start:end])) for start, end in sentences(source)}
        theirs = words_of(source)
        runs |= {tuple(theirs[n : n + RUN]) for n in range(len(theirs) - RUN + 1)}
    for start, end in sentences(prose):
        mine = tuple(words_of(prose[start:end]))
        if len(mine) >= FEWEST and mine in whole:
            return prose[start:end]
    found = list(_WORD.finditer(prose))
    mine = tuple(words_of(prose))
    for n in range(len(mine) - RUN + 1):
        if mine[n : n + RUN] in runs:
            last = n + RUN
            while last < len(mine) and mine[last - RUN + 1 : last + 1] in runs:
                last += 1
            return prose[found[n].start() : found[last - 1].end()]
    return ""
