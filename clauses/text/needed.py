"""Tells by its words that a text cannot hold what a regular expression seeks, so that it need not be searched.

Every match of an expression holds certain literals: one of each of several sets, read off the parsed expression.
Which literals a word holds is worked out once. Nothing is missed: what is asked for is less than what matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST_WORDS = 100_000
"""Words remembered; beyond, each is looked at anew."""
LONGEST_WORD = 40
"""A longer word is not remembered."""
MOST_LITERALS = 60
"""A set of more literals is not asked for."""
MOST_SETS = 3
"""So many sets are asked for, the rarest first."""
STOPS = ".;!?"
"""What ends a sentence where a blank follows."""
MOST_EVERYWHERE = 2
"""A literal of no more letters within words is not asked for."""
_EDGE, _BEGINNING = "\x02", "\x03"
_WORD = re.compile(r"\w+")
_AROUND = ".,;:!?()[]\"“”'"
_RUN = re.compile(r"[a-z0-9]+")

Ways = tuple[tuple[int, ...], ...]
"""Ways in which an expression may match: what each needs, as sets of literals by their bits."""


class Literals:
    """The literals that some expressions need, each a bit; `of` tells which of them words hold."""

    def __init__(self) -> None:
        self._begun: dict[str, int] = {}
        self._count = 0
        self._words: dict[str, int] = {}

    def ways(self, pattern: re.Pattern[str]) -> Ways:
        """Return what an expression over lower-case words, or one that ignores case, needs."""
        tree = _parser.parse(pattern.pattern, pattern.flags)
        ways = [sorted(needs, key=_worth)[-MOST_SETS:] for needs in _ways(tree)]
        return tuple(tuple(map(self._bits_of, reversed(needs))) for needs in ways)

    def beginnings(self, words: Iterable[str]) -> int:
        """Return the bits of beginnings of words, where a word is a run of small letters and digits."""
        return self._bits_of(_BEGINNING + word for word in words)

    def of(self, words: Iterable[str]) -> int:
        """Return the bits of the literals in words, each without a blank in it."""
        bits = 0
        known = self._words
        for word in words:
            found = known.get(word)
            if found is None:
                found = self._look(word)
            if found:
                bits |= found
        return bits

    def _bits_of(self, literals: Iterable[str]) -> int:
        bits = 0
        for literal in literals:
            if not self._begun.get(literal):
                self._begun |= {literal[:end]: self._begun.get(literal[:end], 0) for end in range(1, len(literal))}
                self._begun[literal] = 1 << self._count
                self._words.clear()  # they were looked at for less
                self._count += 1
            bits |= self._begun[literal]
        return bits

    def _look(self, word: str) -> int:
        """Look at a word for the first time."""
        shown = _shown(word)
        bits = 0
        begun = self._begun
        for start in range(len(shown)):
            for end in range(start + 1, len(shown) + 1):
                found = begun.get(shown[start:end])
                if found is None:
                    break
                bits |= found
        if len(word) <= LONGEST_WORD and len(self._words) < MOST_WORDS:
            self._words[word] = bits
        return bits


LITERALS = Literals()
"""Those of all expressions that the reader seeks, so that each word is looked at once."""


def possible(ways: Ways, held: int) -> bool:
    """Tell whether an expression may match in words that hold some literals."""
    for needs in ways:
        for some in needs:
            if not held & some:
                break
        else:
            return True
    return False


def is_within_sentences(pattern: re.Pattern[str]) -> bool:
    """Tell an expression whose matches hold no stop of a sentence and do not depend on what stands around them."""
    return all(map(_is_stopless, _parser.parse(pattern.pattern, pattern.flags)))


def _is_stopless(item: Any) -> bool:
    kind, value = item
    if kind is op.SUBPATTERN:
        return all(map(_is_stopless, value[3]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return all(map(_is_stopless, value[2]))
    if kind is op.BRANCH:
        return all(map(_is_stopless, chain.from_iterable(value[1])))
    if kind is op.IN:
        return _lacks_stops(value)
    if kind is op.LITERAL:
        return chr(value) not in STOPS
    return kind is op.AT and value is op.AT_BOUNDARY


def _lacks_stops(options: list[Any]) -> bool:
    """Tell a set of characters without the stops in it: one that names none, or all but them."""
    if options[0][0] is op.NEGATE:
        return {chr(value) for kind, value in options[1:] if kind is op.LITERAL}.issuperset(STOPS)
    return all(
        (kind is op.LITERAL and chr(value) not in STOPS)
        or (kind is op.RANGE and all(not value[0] <= ord(stop) <= value[1] for stop in STOPS))
        or (kind is op.CATEGORY and value in (op.CATEGORY_WORD, op.CATEGORY_DIGIT, op.CATEGORY_SPACE))
        for kind, value in options
    )


def _shown(words: str) -> str:
    """Return words in small letters, with marks where a word begins or ends and where a run of letters begins."""
    words = words.lower()
    inner = words.strip(_AROUND)
    if inner.isascii() and inner.isalpha():  # most are, and this way is the faster
        start = words.index(inner)
        return f"{words[:start]}{_EDGE}{_BEGINNING}{inner}{_EDGE}{words[start + len(inner) :]}"
    return _RUN.sub(_begun, _WORD.sub(_edged, words))


def _edged(found: re.Match[str]) -> str:
    return f"{_EDGE}{found.group()}{_EDGE}"


def _begun(found: re.Match[str]) -> str:
    return f"{_BEGINNING}{found.group()}"


def _ways(tree: Any) -> Iterator[list[frozenset[str]]]:
    """Yield what each alternative needs."""
    items = list(tree)
    if items and items[-1][0] is op.BRANCH:
        shared = _needs(items[:-1])
        for way in items[-1][1][1]:
            yield shared + _needs(way, before=_is_edge(items[-2:-1]))
    else:
        yield _needs(items)


def _needs(tree: Any, *, before: bool = False, after: bool = False) -> list[frozenset[str]]:
    """Return sets of literals of each of which every match holds one.

    `before` and `after` tell that a word begins or ends at the ends of what is matched.
    """
    found: list[frozenset[str]] = []
    run, edge = "", before
    items = [item for item in tree if item[0] not in (op.ASSERT, op.ASSERT_NOT)]
    for place, (kind, value) in enumerate(items):
        if kind is op.LITERAL:
            run += chr(value)
            continue
        boundary = kind is op.AT and value is op.AT_BOUNDARY
        found += _of_run(run, before=edge, after=boundary)
        run, edge = "", boundary
        begins = _is_edge(items[place - 1 : place]) if place else before
        ends = _is_edge(items[place + 1 : place + 2]) if place + 1 < len(items) else after
        found += _of_item(kind, value, before=begins, after=ends)
    found += _of_run(run, before=edge, after=after)
    return [some for some in found if len(some) <= MOST_LITERALS and not any(map(_is_everywhere, some))]


def _of_item(kind: Any, value: Any, *, before: bool, after: bool) -> list[frozenset[str]]:
    if kind is op.SUBPATTERN:
        return _needs(value[3], before=before, after=after)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _needs(value[2])
    if kind is op.IN and all(one is op.LITERAL and not chr(code).isspace() for one, code in value):
        return [frozenset(chr(code).lower() for _, code in value)]
    if kind is op.BRANCH:
        ways = [_needs(way, before=before, after=after) for way in value[1]]
        return [frozenset().union(*(max(way, key=_worth) for way in ways))] if all(ways) else []
    return []


def _is_everywhere(literal: str) -> bool:
    """Tell a letter or two, which hardly any words lack."""
    return len(literal) <= MOST_EVERYWHERE and literal.isalnum()


def _is_edge(items: list[Any]) -> bool:
    return bool(items) and items[0] == (op.AT, op.AT_BOUNDARY)


def _of_run(run: str, *, before: bool, after: bool) -> list[frozenset[str]]:
    """Return a set for each word of a run of characters."""
    shown = _shown(run)
    if not before:
        shown = shown.lstrip(_EDGE + _BEGINNING)
    if not after:
        shown = shown.removesuffix(_EDGE)
    return [frozenset({part}) for part in shown.split() if _RUN.search(part) or len(part) == 1]


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """Return what a set is worth: long literals are rare, and few are."""
    return min(map(len, literals)), -len(literals)
