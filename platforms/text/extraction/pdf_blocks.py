"""Joins the lines of a PDF to paragraphs, items and headings, and leaves out what repeats on its pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from platforms.text.extraction.inline import escaped

RUNNING_SHARE = 0.5
"""What stands at the top or bottom of at least this share of the pages, digits aside, is a running head or foot."""
EDGE_LINES = 2
HEADING_SIZE = 1.15
"""A short line is a heading if its type is larger than that of the text by this factor."""
HEADING_WORDS = 16
PARAGRAPH_GAP = 1.35
"""Lines further apart than the usual distance times this belong to two paragraphs."""
INDENT_STEP = 24
"""Lines that begin within so many points begin at the same place."""
FEWEST_LINES = 3
_BULLET = re.compile(r"^[•●○◦▪■‣⁃·∙\uf0b7\uf0a7] ?(?=\S)|^[-–*] (?=\S)")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\S)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|]?\s*\d{1,4}\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;]['\")\]”’]?$")
_START = re.compile(r"^(#{1,6}(?= )|>|[-+](?= )|={3,}$|-{3,}$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its type size, where it stands (points from the lower left corner)."""

    text: str
    size: float
    left: float
    right: float
    base: float
    joined: bool
    """Whether its last word goes on in the next line."""


def without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out heads, feet and page numbers that repeat."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in _edges(page)})
    least = max(2, RUNNING_SHARE * len(pages))
    found = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        found.append(
            [
                line
                for line in page
                if not (
                    id(line) in edges
                    and (seen[_shape(line.text)] >= least or (len(pages) > 1 and _PAGE_NUMBER.match(line.text)))
                )
            ]
        )
    return found


def _edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: line.base)
    return [*ordered[:EDGE_LINES], *ordered[-EDGE_LINES:]]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def blocks(pages: list[list[Line]]) -> list[str]:
    """Return the paragraphs, items and headings of a document."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = _usual([line.size for line in lines for _ in range(len(line.text) // 20 + 1)])
    gaps = [a.base - b.base for page in pages for a, b in pairwise(page) if 0 < a.base - b.base < 40]
    gap = median(gaps) if gaps else 0.0
    larger = sorted({line.size for line in lines if _is_large(line, size)}, reverse=True)
    margins = _right_margins(lines)
    found: list[str] = []
    held: list[Line] = []
    for line in lines:
        if held and _parts(held[-1], line, gap, size, margins):
            found.append(_block(held, size, larger))
            held = []
        held.append(line)
    found.append(_block(held, size, larger))
    return _listed([block for block in found if block])


def _usual(sizes: list[float]) -> float:
    return Counter(sizes).most_common(1)[0][0]


def _is_large(line: Line, size: float) -> bool:
    return size > 0 and line.size >= HEADING_SIZE * size and len(line.text.split()) <= HEADING_WORDS


def _parts(before: Line, line: Line, gap: float, size: float, margins: dict[int, float]) -> bool:
    """Tell whether a line begins a block of its own."""
    if before.joined:
        return False
    if _BULLET.match(line.text) or _is_large(line, size) != _is_large(before, size):
        return True
    distance = before.base - line.base
    on_next_page = distance < -2 * max(size, 1)
    if on_next_page:
        return bool(_SENTENCE_END.search(before.text)) or not line.text[:1].islower()
    if gap and distance > PARAGRAPH_GAP * gap and line.size:
        return True
    if _NUMBERED.match(line.text) and _SENTENCE_END.search(before.text):
        return True
    return not on_next_page and _fitted(before, line, margins)


def _right_margins(lines: list[Line]) -> dict[int, float]:
    """Return how far lines reach, by where they begin: columns and indented lists have margins of their own."""
    found: dict[int, list[float]] = {}
    for line in lines:
        found.setdefault(_indent(line), []).append(line.right)
    return {indent: max(rights) for indent, rights in found.items() if len(rights) >= FEWEST_LINES}


def _indent(line: Line) -> int:
    return round(line.left / INDENT_STEP)


def _fitted(before: Line, line: Line, margins: dict[int, float]) -> bool:
    """Tell whether the first word of a line would have fitted on the line before: then the break was meant."""
    margin = margins.get(_indent(before), 0.0)
    if not margin or before.right <= before.left:
        return False
    width = (before.right - before.left) / len(before.text)
    return before.right + (len(line.text.split()[0]) + 2) * width < margin


def _block(lines: list[Line], size: float, larger: list[float]) -> str:
    text = ""
    for line in lines:
        part = line.text
        if not text:
            text = part
        elif text.endswith("-") and not text.endswith(" -") and part[:1].islower() and not _compound(text):
            text = text[:-1] + part
        else:
            text = f"{text}{'' if text.endswith('-') else ' '}{part}"
        if line.joined:
            text = f"{text.rstrip()}-"
    if not text:
        return ""
    if lines and _is_large(lines[0], size):
        return (
            f"{'#' * min(larger.index(lines[0].size) + 1, 6)} {escaped(text)}"
            if lines[0].size in larger
            else escaped(text)
        )
    if _BULLET.match(text):
        return f"- {escaped(_BULLET.sub('', text).strip())}"
    return _START.sub(r"\\\1", escaped(text))


def _compound(text: str) -> bool:
    """Tell a word that keeps its hyphen: `third-`, `non-`, and one that has another hyphen already."""
    word = text.split()[-1][:-1].casefold()
    return "-" in word or word in {
        "third",
        "non",
        "self",
        "opt",
        "co",
        "cross",
        "sub",
        "pre",
        "post",
        "long",
        "short",
        "well",
    }


def _listed(blocks: list[str]) -> list[str]:
    """Join neighbouring items to one list."""
    found: list[str] = []
    for block in blocks:
        if block.startswith("- ") and found and found[-1].startswith("- "):
            found[-1] += f"\n{block}"
        else:
            found.append(block)
    return found


def first_heading(blocks: list[str]) -> str:
    """Return the first heading among blocks, or the first block."""
    return next((block.lstrip("# ") for block in blocks if block.startswith("#")), blocks[0][:300] if blocks else "")
