"""Joins runs of lines and list items into paragraphs: a lead-in with its list, a series, a torn sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clauses.text.sentences import sentences
from clauses.text.titles import run_in_title
from clauses.text.units import BlockKind, Unit

LONGEST_LIST_WORDS = 400
"""A list with its lead-in is one block up to so many words; a longer one is divided between items."""
LONG_ITEM_WORDS = 70
"""An item with more words than this is a paragraph of its own, with what stands beneath it, if it is no part of a
sentence that goes on after it."""
LONGEST_PARAGRAPH_WORDS = 400
"""A paragraph with more words than this is divided between sentences."""
_DEEPEST = 12
"""Lists within lists are followed so far down; beneath it each line is a paragraph."""
_TORN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: where it stands, where its items start, and the lead-in that governs it and stands before it."""

    kind: BlockKind
    start: int
    end: int
    items: tuple[int, ...] = ()
    lead: tuple[int, int] | None = None


_LEAD_IN = re.compile(
    r"(?:[:：]|\b(?:the following|as follows|including|such as|for example)\W*)[\s*_)\]]*$", re.IGNORECASE
)
_JOINED_END = re.compile(r"(?:[;,]|[;,\s]\s*(?:and/or|and|or))[\s*_]*$")
_TORN_END = re.compile(r"[\w,)\]”’\"]$")
_HANGING = re.compile(r"\b(?:the|an?|and|or|our|your|their|any|such|as|which)$", re.IGNORECASE)
"""What never ends a sentence, whatever the next word begins with."""
_SELDOM_ENDING = re.compile(r"\b(?:to|of|in|for|with|by|on|at|from|that|this|its|is|are|be)$", re.IGNORECASE)
"""What seldom ends one, and most seldom outside a list ("something to sit next to")."""
_BARE_NUMBER = re.compile(r"[*_\s(]*(?:\d{1,3}(?:\\?\.\d{1,3})*|[a-zA-Z]|[ivx]{1,5})(?:\\?[.)])*[*_\s]*$")
_KIND = re.compile(r"\\?(?:(\d)|([a-z])|([A-Z])|(\()|(\S))")
_WHOLE_ITEM_WORDS = 25
"""An item that is a titled section of its own, in a list without a lead-in, stands alone if it has as many words."""


def paragraphs(units: Sequence[Unit], depth: int = 0) -> Iterator[Part]:
    """Yield the paragraphs that units make which have no heading and no table between them.

    The lead-in of a list that is divided goes with each of its parts.
    """
    place = 0
    while place < len(units):
        first = place
        place = _whole(units, place)
        leads = _leads(units[place - 1], units[place : place + 1])
        items = place if leads else first
        if items < len(units) and (units[items].marked or (_goes_on(units[items]) and items + 1 < len(units))):
            end = _end_of_list(units, items, units[first])
            if end > place or not leads:
                yield from _governed(units[first:items], units[items:end], depth)
                place = end
                continue
        yield from _cut(units[first:place])


def _whole(units: Sequence[Unit], place: int) -> int:
    """Return the place after the unit at `place` and the units that go on with its last sentence."""
    place += 1
    while place < len(units) and _is_torn(units[place - 1], units[place]):
        place += 1
    return place


def _is_torn(before: Unit, after: Unit) -> bool:
    """Tell whether a sentence runs from one unit into the next, as where a page of a PDF ended."""
    if _BARE_NUMBER.match(before.words):
        return not after.marked and not _BARE_NUMBER.match(after.words)
    if after.marked or not _TORN_END.search(before.words[-1:]) or before.words.count(" ") < _TORN_WORDS:
        return False
    if _HANGING.search(before.words[-8:]) or (not before.marked and _SELDOM_ENDING.search(before.words[-8:])):
        return True
    return after.words[0].islower() and (after.words.count(" ") >= 1 or after.words[-1] == ".")


def _leads(unit: Unit, following: Sequence[Unit] = ()) -> bool:
    """Tell a lead-in: it ends with a colon or with words that announce, or it breaks off before an item."""
    if _LEAD_IN.search(unit.words[-80:]):
        return True
    breaks_off = unit.words[-1:].isalpha() and unit.words.count(" ") >= _TORN_WORDS and not unit.marked
    return breaks_off and bool(following) and following[0].marked


def _goes_on(unit: Unit) -> bool:
    """Tell a unit that ends with a semicolon or the like and goes on in the next."""
    return _JOINED_END.search(unit.words[-12:]) is not None


def _end_of_list(units: Sequence[Unit], place: int, first: Unit) -> int:
    """Return the place after the list or series that begins at `place`."""
    base = units[place].indent
    lead_indent = first.indent if first is not units[place] else -1
    beneath = first.marked and units[place].marked and base <= lead_indent
    if beneath and _kind(first) == _kind(units[place]):
        return place
    led = first is not units[place]
    while place < len(units):
        place = _whole(units, place)
        if place == len(units):
            break
        unit = units[place]
        deeper = unit.indent >= max(2, base + 1)
        if (
            unit.marked
            and first.marked
            and led
            and unit.indent <= lead_indent
            and (not beneath or _kind(unit) == _kind(first))
        ):
            break
        if not (unit.marked or deeper or _goes_on(units[place - 1])):
            break
    return place


def _kind(item: Unit) -> int:
    """Tell the marks of items apart: numbers, small letters, capitals, brackets, bullets."""
    found = _KIND.match(item.words)
    return found.lastindex or 0 if found else 0


def _governed(lead: Sequence[Unit], units: Sequence[Unit], depth: int) -> Iterator[Part]:
    """Yield a list, each part after the first with the lead-in that governs it too."""
    for part in _divided(lead, units, depth):
        governed = bool(lead) and part.start > lead[-1].start and part.lead is None
        yield replace(part, lead=(lead[0].start, lead[-1].end)) if governed else part


def _divided(lead: Sequence[Unit], units: Sequence[Unit], depth: int) -> Iterator[Part]:
    """Yield a list in one piece if it is short, else its long items alone and its short ones together."""
    items = _items(units)
    lengths = [sum(unit.length for unit in item) for item in items]
    limits = _limits(lead, items)
    if sum(lengths) <= LONGEST_LIST_WORDS and all(map(int.__le__, lengths, limits)):
        yield _span([*lead, *units])
        return
    packed: list[Unit] = list(lead)
    length = sum(unit.length for unit in lead)
    begun = False
    for item, words, limit in zip(items, lengths, limits, strict=True):
        long = words > limit
        if begun and (long or length + words > LONGEST_LIST_WORDS):
            yield from _cut(packed)
            packed, length, begun = [], 0, False
        if not long:
            packed, length, begun = [*packed, *item], length + words, True
        elif words + length <= LONGEST_LIST_WORDS or len(item) == 1:
            yield from _cut([*packed, *item])
            packed, length = [], 0
        else:
            if packed:
                yield from _cut(packed)
                packed, length = [], 0
            yield from _beneath(item, depth + 1)
    if packed:
        yield from _cut(packed)


def _limits(lead: Sequence[Unit], items: Sequence[Sequence[Unit]]) -> list[int]:
    """Return with how many words each item still stands together with the others."""
    if lead and not _leads(lead[-1]):  # it breaks off: the items end its sentence
        return [LONGEST_LIST_WORDS] * len(items)
    limits = []
    went_on = False
    for item in items:
        goes_on = _goes_on(item[-1])
        alone = _WHOLE_ITEM_WORDS if not lead and run_in_title(item[0].words) else LONG_ITEM_WORDS
        limits.append(LONGEST_LIST_WORDS if goes_on or went_on else alone)
        went_on = goes_on
    return limits


def _beneath(item: Sequence[Unit], depth: int) -> Iterator[Part]:
    """Yield the parts of an item that is too long to be one paragraph."""
    if depth > _DEEPEST:
        for unit in item:
            yield from _cut([unit])
        return
    whole = _whole(item, 0)
    if whole == len(item):
        yield from _cut(item)
    elif _leads(item[whole - 1]):
        yield from _governed(item[:whole], item[whole:], depth)
    else:
        yield from _cut(item[:whole])
        yield from paragraphs(item[whole:], depth)


def _items(units: Sequence[Unit]) -> list[list[Unit]]:
    """Part the units of a list before each item of its outermost level; a series has a part a unit."""
    marked = [unit.indent for unit in units if unit.marked]
    outermost = min(marked, default=0)
    items: list[list[Unit]] = []
    for place, unit in enumerate(units):
        begins = unit.marked and unit.indent <= outermost + 1
        if not marked:
            begins = not (place and _is_torn(units[place - 1], unit))
        if begins or not items:
            items.append([])
        items[-1].append(unit)
    return items


def _span(units: Sequence[Unit]) -> Part:
    kind = BlockKind.LIST if len(units) > 1 or units[0].marked else BlockKind.PARAGRAPH
    if kind == BlockKind.LIST and not any(unit.marked for unit in units) and not _goes_on(units[0]):
        kind = BlockKind.PARAGRAPH
    return Part(kind, units[0].start, units[-1].end, _starts(units) if kind == BlockKind.LIST else ())


def _starts(units: Sequence[Unit]) -> tuple[int, ...]:
    """Return where the items of a list start; what stands before the first is its lead-in."""
    first = _whole(units, 0)
    leads = first < len(units) and _leads(units[first - 1], units[first : first + 1])
    items = _items(units[first if leads else 0 :])
    if len(items) == 1 and not leads and first < len(units):
        items = _items(units[first:])
    return tuple(item[0].start for item in items)


def _cut(units: Sequence[Unit]) -> Iterator[Part]:
    """Yield units as one paragraph; a unit of hundreds of words alone is divided between sentences."""
    if len(units) > 1 or units[0].length <= LONGEST_PARAGRAPH_WORDS:
        yield _span(units)
        return
    unit = units[0]
    kind = BlockKind.LIST if unit.marked else BlockKind.PARAGRAPH
    begin, end, length = 0, 0, 0
    for start, stop in sentences(unit.words):
        words = unit.words.count(" ", start, stop)
        if end and length + words > LONGEST_PARAGRAPH_WORDS:
            yield Part(kind, unit.start + begin, unit.start + end)
            begin, length = start, 0
        end, length = stop, length + words
    yield Part(kind, unit.start + begin, unit.start + len(unit.words))
