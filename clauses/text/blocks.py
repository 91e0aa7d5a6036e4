"""Segments Markdown into headings and numbered paragraphs, with offsets and the heading path.

What belongs together stays together: a lead-in with its list, a table, a code block. Nothing is lost: between two
blocks there is only white space. Lines end at "\\n" alone, since other separators occur inside sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clauses.text.plain import plain

LONGEST_LIST_WORDS = 600
"""A list with its lead-in is one block up to so many words; a longer one is divided between items."""
LONG_ITEM_WORDS = 70
"""An item of a list without lead-in that has more words than this is a paragraph of its own."""
HEADING_WORDS = 16
"""A line in bold alone is a heading if it has no more words."""
BOLD_LEVEL = 7


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    RULE = "rule"
    # A rule, or anything else without a word in it.


@dataclass(frozen=True, slots=True)
class Block:
    """A range of a text. `number` counts paragraphs from 1, and is 0 for headings and rules.

    `start` and `end` are code points; `heading` is the path above, outermost first, in plain words.
    """

    kind: BlockKind
    start: int
    end: int
    heading: tuple[str, ...]
    number: int
    level: int = 0


@dataclass(slots=True)
class _Chunk:
    """Lines without a blank one between them."""

    start: int
    end: int
    words: str
    kind: BlockKind
    indent: int
    level: int = 0

    @property
    def length(self) -> int:
        return self.words.count(" ") + self.words.count("\n") + 1


_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_ATX = re.compile(r"^\s*(?:[*+-]\s+|\d{1,3}[.)]\s+)?(#{1,6})(?:\s|$)")
_SETEXT = re.compile(r"^\s*(?:=+|-{2,})\s*$")
_RULE = re.compile(r"^\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_MARKER = re.compile(r"^(\s*)(?:[*+-]|\d{1,3}[.)]|\([a-z0-9]{1,4}\)|[a-z][.)])\s+")
_BOLD_LINE = re.compile(
    r"^\s*(?:[*+-]\s+|\d{1,3}[.)]\s+)?(?:\[\]\([^)\s]*\))*(?:\d+(?:\\?\.\d+)*\\?[.)]?\s+)?(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)\s*:?\s*$"
)
_LEAD_IN = re.compile(
    r"(?:[:：]|\b(?:the following|as follows|including|such as|for example)\W*)[\s*_)\]]*$", re.IGNORECASE
)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text in order. Their spans are disjoint; between them there is only white space."""
    found: list[Block] = []
    path: list[tuple[int, str]] = []
    number = 0
    for chunk in _joined(list(_chunks(text))):
        if chunk.kind == BlockKind.HEADING:
            while path and path[-1][0] >= chunk.level:
                path.pop()
            above = tuple(words for _, words in path)
            found.append(Block(chunk.kind, chunk.start, chunk.end, above, 0, chunk.level))
            path.append((chunk.level, heading_words(chunk.words)))
            continue
        kind = BlockKind.RULE if _says_nothing(chunk) else chunk.kind
        if kind != BlockKind.RULE:
            number += 1
        above = tuple(words for _, words in path)
        found.append(Block(kind, chunk.start, chunk.end, above, 0 if kind == BlockKind.RULE else number))
    return found


def heading_words(words: str) -> str:
    """Return a heading as a reader sees it, without the marks that make it one."""
    lines = words.strip().split("\n")
    if len(lines) > 1 and _SETEXT.match(lines[-1]):
        lines = lines[:-1]
    line = re.sub(r"^\s*[*+-]\s+(?=\S)", "", " ".join(lines))
    return plain(re.sub(r"\s#+\s*$", "", re.sub(r"^(\s*\d{1,3}[.)]\s+)?#{1,6}\s+", r"\1", line)))


def _says_nothing(chunk: _Chunk) -> bool:
    """Tell a line that is a rule, or a picture or a link without a word."""
    if chunk.kind == BlockKind.RULE:
        return True
    return chunk.kind == BlockKind.PARAGRAPH and chunk.end - chunk.start < 1000 and not plain(chunk.words)


def _chunks(text: str) -> Iterator[_Chunk]:
    """Yield the chunks of a text: runs of lines that are not blank, fences with the blank lines inside them."""
    lines: list[tuple[int, str]] = []
    offset, fence = 0, ""
    for line in text.split("\n"):
        opened = _FENCE.match(line) if len(line) < 200 else None
        if fence:
            lines.append((offset, line))
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
                yield from _chunk(lines, BlockKind.CODE)
                lines = []
        elif opened is not None and not lines:
            fence = opened.group(1)
            lines.append((offset, line))
        elif line.strip():
            lines.append((offset, line))
        elif lines:
            yield from _split(lines)
            lines = []
        offset += len(line) + 1
    if lines:
        yield from _chunk(lines, BlockKind.CODE) if fence else _split(lines)


def _split(lines: list[tuple[int, str]]) -> Iterator[_Chunk]:
    """Divide a run of lines where a heading, a rule or a table begins or ends."""
    held: list[tuple[int, str]] = []
    for place, (offset, line) in enumerate(lines):
        if _SETEXT.match(line) and held and _is_title(held):
            yield from _chunk([*held, (offset, line)], BlockKind.HEADING, 1 if "=" in line else 2)
            held = []
        elif _RULE.match(line):
            if held:
                yield from _paragraph(held)
            held = []
            yield from _chunk([(offset, line)], BlockKind.RULE)
        elif atx := _ATX.match(line):
            if held:
                yield from _paragraph(held)
            held = []
            kind = BlockKind.HEADING if len(line) < 400 and line.strip().strip("#").strip() else BlockKind.RULE
            yield from _chunk([(offset, line)], kind, len(atx.group(1)))
        elif line.lstrip().startswith("|") != (bool(held) and held[-1][1].lstrip().startswith("|")) and held:
            yield from _paragraph(held)
            held = [lines[place]]
        else:
            held.append((offset, line))
    if held:
        yield from _paragraph(held)


def _is_title(held: list[tuple[int, str]]) -> bool:
    return len(held) <= 3 and sum(len(line) for _, line in held) < 400


def _paragraph(lines: list[tuple[int, str]]) -> Iterator[_Chunk]:
    first = lines[0][1]
    if first.lstrip().startswith("|"):
        yield from _chunk(lines, BlockKind.TABLE)
    elif len(lines) == 1 and _is_bold_heading(first):
        yield from _chunk(lines, BlockKind.HEADING, BOLD_LEVEL)
    elif sum(len(line) for _, line in lines) > 6 * LONG_ITEM_WORDS:
        yield from _items(lines)
    else:
        marked = _MARKER.match(first) or any(_MARKER.match(line) for _, line in lines[1:])
        yield from _chunk(lines, BlockKind.LIST if marked else BlockKind.PARAGRAPH)


def _items(lines: list[tuple[int, str]]) -> Iterator[_Chunk]:
    """Divide a long run of lines before each marker of its outermost list; a lead-in keeps its first item."""
    markers = [(place, len(m.group(1))) for place, (_, line) in enumerate(lines) if (m := _MARKER.match(line[:80]))]
    outermost = min((indent for _, indent in markers), default=0)
    cuts = [place for place, indent in markers if indent <= outermost and place]
    if cuts and not (_MARKER.match(lines[0][1][:80])):
        cuts = cuts[1:] if _LEAD_IN.search(lines[cuts[0] - 1][1][-80:]) else cuts
    for start, end in zip([0, *cuts], [*cuts, len(lines)], strict=True):
        some = lines[start:end]
        marked = any(_MARKER.match(line[:80]) for _, line in some)
        yield from _chunk(some, BlockKind.LIST if marked else BlockKind.PARAGRAPH)


def _is_bold_heading(line: str) -> bool:
    if len(line) > 300:
        return False
    found = _BOLD_LINE.match(line)
    if found is None or "**" in found.group(1):
        return False
    words = found.group(1).strip()
    return len(words.split()) <= HEADING_WORDS and not words.endswith((".", ";", ",")) and any(map(str.isalpha, words))


def _chunk(lines: list[tuple[int, str]], kind: BlockKind, level: int = 0) -> Iterator[_Chunk]:
    words = "\n".join(line for _, line in lines)
    stripped = words.strip()
    if not stripped:
        return
    start = lines[0][0] + len(words) - len(words.lstrip())
    indent = len(lines[0][1]) - len(lines[0][1].lstrip())
    yield _Chunk(start, start + len(stripped), stripped, kind, indent, level)


def _joined(chunks: list[_Chunk]) -> Iterator[_Chunk]:
    """Join lists that were written with blank lines between their items, and lead-ins with their lists."""
    place = 0
    while place < len(chunks):
        chunk = chunks[place]
        place += 1
        if chunk.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST):
            yield chunk
            continue
        leads = bool(_LEAD_IN.search(chunk.words[-80:]))
        length, last = chunk.length, chunk
        while place < len(chunks) and _continues(chunk, chunks[place], leads=leads):
            length += chunks[place].length
            if length > LONGEST_LIST_WORDS and last is not chunk:
                break
            last = chunks[place]
            place += 1
        if last is chunk:
            yield chunk
        else:
            yield _Chunk(chunk.start, last.end, "", BlockKind.LIST, chunk.indent)


def _continues(first: _Chunk, following: _Chunk, *, leads: bool) -> bool:
    """Tell whether a chunk belongs to the list that `first` leads into or begins."""
    if following.kind not in (BlockKind.LIST, BlockKind.PARAGRAPH):
        return False
    if leads:
        deeper = following.indent > first.indent if first.kind == BlockKind.LIST else True
        return deeper and (following.kind == BlockKind.LIST or following.indent >= 2)
    if first.kind != BlockKind.LIST or first.length > LONG_ITEM_WORDS:
        return False
    return following.kind == BlockKind.LIST and following.length <= LONG_ITEM_WORDS
