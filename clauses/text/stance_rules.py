"""The words by which stances are told, read from clauses/data/stances.yaml, which says what each row is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from clauses.text.needed import LITERALS, possible
from platforms.data_files import read_yaml

STANCES = Path(__file__).resolve().parent.parent / "data" / "stances.yaml"


@lru_cache(maxsize=1024)
def _held(words: str) -> tuple[int, str]:
    """Return the literals in words and the words in small letters, each letter in its place."""
    small = words.replace("İ", "I").lower()
    return LITERALS.of(small.split()), small


class Sought:
    """A regular expression over small letters, tried only where words hold what it needs, whatever their case.

    Its methods are those of a compiled one.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._says = re.compile(pattern)
        self._ways = LITERALS.ways(self._says)

    def search(self, words: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match from a place on."""
        held, small = _held(words)
        return self._says.search(small, start) if possible(self._ways, held) else None

    def match(self, words: str, start: int, end: int) -> re.Match[str] | None:
        """Return the match at a place, up to an end."""
        held, small = _held(words)
        return self._says.match(small, start, end) if possible(self._ways, held) else None

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """Return all matches."""
        held, small = _held(words)
        return self._says.finditer(small) if possible(self._ways, held) else iter(())

    def blanked(self, words: str) -> str:
        """Blank out what matches; every other word keeps its place."""
        found = list(self.finditer(words))
        for one in found:
            words = words[: one.start()] + " " * len(one.group()) + words[one.end() :]
        return words


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows of the data file, compiled."""

    scores: dict[str, float]
    disputed: frozenset[str]
    negation: Sought
    negation_after: Sought
    no_negation: Sought
    no_consent: Sought
    refusal: Sought
    purposes: Sought
    lasting: Sought
    appeal: Sought
    following: Sought
    clause_end: Sought
    exception: Sought
    consent: Sought
    opt_out: Sought
    rights: Sought
    despite_rights: dict[str, Sought]
    despite_denial: dict[str, Sought]
    choice: Sought
    readers: Sought
    others: dict[str, Sought]
    doer: Sought
    firm: Sought
    own: Sought
    minors: Sought
    link_text: Sought
    legal: Sought
    not_legal_alone: Sought
    still_sold: Sought
    loose: Sought
    partial: Sought
    acts: dict[str, Sought]
    topics: dict[str, Sought]
    affirms: dict[str, Sought]
    denials: dict[str, Sought]
    does_anyway: dict[str, Sought]
    no_stance: dict[str, Sought]
    settled: dict[str, Sought]
    settled_conditions: dict[str, Sought]
    settled_doubt: dict[str, Sought]
    settled_still: Sought
    settled_part: Sought


@cache
def rules() -> Rules:
    """Return the rules of the data file."""
    rows: dict[str, Any] = read_yaml(STANCES)
    made: dict[str, Any] = {"scores": rows.pop("scores"), "disputed": frozenset(rows.pop("disputed"))}
    for name, row in rows.items():
        made[name] = {key: _compiled(one) for key, one in row.items()} if isinstance(row, dict) else _compiled(row)
    return Rules(**made)


def _compiled(pattern: str | list[str]) -> Sought:
    return Sought(pattern if isinstance(pattern, str) else "|".join(pattern))
