"""Finds which laws a piece of prose names, so that a page lists every law it names and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A law named in prose, by its key, in code points."""

    law: str
    start: int
    end: int


class LawNames:
    """The names of laws. A longer name comes before one that it holds: UK GDPR is not the GDPR."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._key = {name: key for key, some in names.items() for name in some}
        longest_first = sorted(self._key, key=lambda name: (-len(name), name))
        pattern = "|".join(re.escape(name) for name in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None

    def mentions(self, prose: str) -> Iterator[Mention]:
        """Yield each mention of a law, in order; they do not overlap."""
        if self._pattern is not None:
            for found in self._pattern.finditer(prose):
                yield Mention(self._key[found.group(0)], found.start(), found.end())

    def named(self, prose: str) -> set[str]:
        """Return the keys of the laws that a piece of prose names."""
        return {mention.law for mention in self.mentions(prose)}
