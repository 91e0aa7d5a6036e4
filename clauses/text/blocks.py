"""Segments Markdown into headings and numbered paragraphs, with offsets and the heading path.

What belongs together stays together: a lead-in with its list, a series divided by semicolons, a table, a code block,
a sentence that a page break tore apart. What is a section of its own stands alone, though it be written as an item of
a list. Nothing is lost: between two blocks there is only white space.
"""

from __future__ import annotations

from dataclasses import dataclass

from clauses.text.lists import LONG_ITEM_WORDS, LONGEST_LIST_WORDS, Part, paragraphs
from clauses.text.titles import HEADING_WORDS, numbers, run_in_title
from clauses.text.units import BOLD_LEVEL, BlockKind, Unit, heading_words, units

__all__ = [
    "BOLD_LEVEL",
    "HEADING_WORDS",
    "LONGEST_LIST_WORDS",
    "LONG_ITEM_WORDS",
    "Block",
    "BlockKind",
    "blocks",
    "heading_words",
]


@dataclass(frozen=True, slots=True)
class Block:
    """A range of a text. `number` counts paragraphs from 1, and is 0 for headings and rules.

    `start` and `end` are code points; `heading` is the path above, outermost first, in plain words; `title` is the
    run-in title of a paragraph; `items` are where the items of a list start, after its lead-in; `lead` is where the
    lead-in stands that governs the paragraph from before it.
    """

    kind: BlockKind
    start: int
    end: int
    heading: tuple[str, ...]
    number: int
    level: int = 0
    title: str = ""
    items: tuple[int, ...] = ()
    lead: tuple[int, int] | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """Return the heading path with the title that begins the paragraph itself, if one does."""
        return (*self.heading, self.title) if self.title else self.heading


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text in order. Their spans are disjoint; between them there is only white space."""
    found: list[Block] = []
    path: list[tuple[int, str]] = []
    above: tuple[str, ...] = ()
    number = 0
    held: list[Unit] = []

    def add(part: Part) -> None:
        nonlocal number, above
        number += 1
        words = text[part.start : part.end]
        if _is_past(path, words):
            above = tuple(title for _, title in path)
        title = run_in_title(words)
        found.append(Block(part.kind, part.start, part.end, above, number, 0, title, part.items, part.lead))

    def close() -> None:
        for part in paragraphs(held):
            add(part)
        held.clear()

    for unit in units(text):
        if unit.kind == BlockKind.PARAGRAPH:
            held.append(unit)
            continue
        close()
        if unit.kind == BlockKind.HEADING:
            while path and path[-1][0] >= unit.level:
                path.pop()
            found.append(Block(unit.kind, unit.start, unit.end, tuple(w for _, w in path), 0, unit.level))
            path.append((unit.level, heading_words(unit.words)))
            above = tuple(words for _, words in path)
        elif unit.kind == BlockKind.RULE:
            found.append(Block(unit.kind, unit.start, unit.end, above, 0))
        else:
            add(Part(unit.kind, unit.start, unit.end))
    close()
    return found


def _is_past(path: list[tuple[int, str]], words: str) -> bool:
    """Leave the numbered headings that a numbered paragraph is no part of: 5.3 does not stand beneath 3.2.

    Tells whether any was left. Where every section has its title in its first line, the last heading would stay.
    """
    here = numbers(words)
    left = False
    while len(here) > 1 and path:
        there = numbers(path[-1][1])
        if not there or len(there) > len(here) or here[: len(there)] <= there:
            break
        path.pop()
        left = True
    return left
