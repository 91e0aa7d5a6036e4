"""Scans Markdown into its smallest pieces: headings, rules, tables, code, list items and runs of lines.

A line ends at "\\n" alone, since other separators occur inside sentences. Every pattern works on one line or on a
bounded part of it, so that a line of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from clauses.text.plain import plain
from clauses.text.titles import NUMBERED_HEADING_WORDS, bold_title, depth, numbered_title, sloping_title

BOLD_LEVEL = 7
"""Level of a heading that is none in Markdown; a number with more parts ("4.2") is deeper."""
LONGEST_HEADING = 400
_SHORTEST_WORDS = 12
"""Code points; a shorter line may be what the page left over, such as the marks of empty bold."""
_GLANCE = 120
"""Code points at the beginning of a line in which its marker is looked for."""


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    RULE = "rule"
    # A rule, or anything else without a word in it.


@dataclass(slots=True)
class Unit:
    """A piece of a text. `marked` tells an item of a list; `indent` is how deep it stands, in characters."""

    kind: BlockKind
    start: int
    end: int
    words: str
    indent: int = 0
    marked: bool = False
    level: int = 0

    @property
    def length(self) -> int:
        """Return about how many words it has."""
        return len(self.words.split())


Line = tuple[int, str]

_BLANK = r"[\s\ufeff]*"
_FENCE = re.compile(r"\s{0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(_BLANK + r"(?:[*+-]\s+|\d{1,3}[.)]\s+)?(#{1,6})(?:\s|$)")
_SETEXT = re.compile(r"\s*(?:=+|-{2,})\s*$")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_MARKER = re.compile(
    r"(\s*)(?:[*+-]\s+|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+|\([a-zA-Z0-9]{1,4}\)\s*"
    r"|(?:[•·●○◦▪■□▸►➢✓✔⁃‣–—]|\\[-*+])\s*)(?=\S)"
)
_LEFT_OVER = re.compile(r"[\s*_\\\u200b-\u200d\ufeff]+$")
_TARGETS = ("](", "<", "&")
"""Where none of these is, markup has no letters."""
_ORDINAL = re.compile(r"\(?(\d{1,3}|[a-zA-Z])[.)]\s")


def units(text: str) -> list[Unit]:
    """Return the units of a text in order. Only white space lies between them, and none is white space alone."""
    lines = _lines(text)
    found: list[Unit] = []
    run: list[Line] = []
    unclosed: set[str] = set()
    place = 0

    def close(kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        if run:
            found.append(_unit(run, kind, level))
            run.clear()

    while place < len(lines):
        offset, line = lines[place]
        place += 1
        if not line.strip():
            close()
        elif end := _end_of_code(lines, place, unclosed):
            close()
            run.extend(lines[place - 1 : end])
            close(BlockKind.CODE)
            place = end
        elif run and _is_underline(line) and _may_be_title(run):
            run.append((offset, line))
            close(BlockKind.HEADING, 1 if "=" in line else 2)
        elif kind := _kind_of(line):
            close()
            run.append((offset, line))
            while kind == BlockKind.TABLE and place < len(lines) and _kind_of(lines[place][1]) == BlockKind.TABLE:
                run.append(lines[place])
                place += 1
            close(kind, _level_of(line) if kind == BlockKind.HEADING else 0)
        elif len(line) < _SHORTEST_WORDS and _LEFT_OVER.match(line):
            close()
            run.append((offset, line))
            close(BlockKind.RULE)
        else:
            if _MARKER.match(line[:_GLANCE]):
                close()
            run.append((offset, line))
    close()
    return _with_plain_headings(found)


def heading_words(words: str) -> str:
    """Return a heading as a reader sees it, without the marks that make it one."""
    lines = words.strip().split("\n")
    if len(lines) > 1 and _SETEXT.match(lines[-1]):
        lines = lines[:-1]
    line = re.sub(r"^\s*[*+-]\s+(?=\S)", "", " ".join(lines))
    return plain(re.sub(r"\s#+\s*$", "", re.sub(r"^(\s*\d{1,3}[.)]\s+)?#{1,6}\s+", r"\1", line)))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    offset = 0
    for line in text.split("\n"):
        lines.append((offset, line))
        offset += len(line) + 1
    return lines


def _unit(run: list[Line], kind: BlockKind, level: int = 0) -> Unit:
    words = "\n".join(line for _, line in run)
    inner = words.strip()
    start = run[0][0] + len(words) - len(words.lstrip())
    first = run[0][1]
    marked = kind == BlockKind.PARAGRAPH and _MARKER.match(first[:_GLANCE]) is not None
    return Unit(kind, start, start + len(inner), inner, len(first) - len(first.lstrip()), marked, level)


def _end_of_code(lines: list[Line], place: int, unclosed: set[str]) -> int:
    """Return the place after the fence that closes the one before `place`; 0 if that is none or is never closed."""
    opened = _FENCE.match(lines[place - 1][1][:LONGEST_HEADING])
    if opened is None or any(opened.group(1).startswith(fence) for fence in unclosed):
        return 0
    fence = opened.group(1)
    for at in range(place, len(lines)):
        line = lines[at][1].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return at + 1
    unclosed.add(fence)
    return 0


def _is_underline(line: str) -> bool:
    return len(line) < 2 * LONGEST_HEADING and _SETEXT.match(line) is not None


def _may_be_title(run: list[Line]) -> bool:
    return len(run) <= 3 and sum(len(line) for _, line in run) < LONGEST_HEADING


def _kind_of(line: str) -> BlockKind | None:
    """Tell a rule, a heading or a row of a table; None for a line of words."""
    if line.lstrip()[:1] == "|":
        return BlockKind.TABLE
    if len(line) >= LONGEST_HEADING:
        return None
    if _RULE.match(line):
        return BlockKind.RULE
    if _ATX.match(line):
        return BlockKind.HEADING if any(map(str.isalnum, line)) else BlockKind.RULE
    return None


def _level_of(line: str) -> int:
    found = _ATX.match(line)
    return len(found.group(1)) if found else 1


def _with_plain_headings(found: list[Unit]) -> list[Unit]:
    """Make headings of short lines that only their bold type, number or capitals make so, where words follow."""
    following: Unit | None = None
    for unit in reversed(found):
        if unit.kind == BlockKind.PARAGRAPH:
            if len(unit.words) < 1000 and not _has_words(unit.words):
                unit.kind = BlockKind.RULE
            elif following is not None and _heads(unit, following):
                unit.kind, unit.marked = BlockKind.HEADING, False
                unit.level = BOLD_LEVEL + depth(unit.words)
        following = unit
    return found


def _has_words(words: str) -> bool:
    """Tell whether a letter or a digit is left where markup is taken away."""
    has_targets = any(mark in words for mark in _TARGETS)
    return any(map(str.isalnum, plain(words) if has_targets else words))


def _heads(unit: Unit, following: Unit) -> bool:
    line = unit.words
    if len(line) > LONGEST_HEADING or "\n" in line or "](#" in line.replace("[](#", ""):
        return False
    beside = unit.marked and following.marked and following.indent <= unit.indent
    if title := bold_title(line):
        small = unit.marked and title[0].islower()
        return not small and not (beside and _follows(unit, following))
    if unit.marked and not line[0].isalnum():
        return False
    if following.kind in (BlockKind.PARAGRAPH, BlockKind.LIST) and following.length <= NUMBERED_HEADING_WORDS:
        return False
    if sloping_title(line):
        return True
    return numbered_title(line) is not None and not (beside and _follows(unit, following))


def _follows(unit: Unit, following: Unit) -> bool:
    """Tell an item from the title above a list: the next one has the next number, or the same mark."""
    one, two = _ORDINAL.match(unit.words), _ORDINAL.match(following.words)
    if one is None or two is None:
        return one is two
    if one.group(1).isdigit() and two.group(1).isdigit():
        return int(two.group(1)) == int(one.group(1)) + 1
    return len(one.group(1)) == len(two.group(1)) == 1 and ord(two.group(1)) == ord(one.group(1)) + 1
