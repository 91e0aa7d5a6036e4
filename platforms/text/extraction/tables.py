"""Tells tables that hold data from those that only arrange a page, and gives the rows of the former."""

from __future__ import annotations

import re

from platforms.text.extraction.tree import Element

LARGEST_SPAN = 50
"""A cell spans no more columns or rows than this, whatever it says."""
LAYOUT_CELL_WORDS = 150
"""A table in which a cell is longer than this, on average over its filled cells, arranges text."""
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table"})


def is_layout(table: Element) -> bool:
    """Tell whether a table only arranges text: it has one column, headings or tables in its cells, or long cells."""
    if table.get("role") in {"presentation", "none"}:
        return True
    cells = [cell for row in rows(table) for cell in row if cell is not None]
    if max((sum(cell is not None for cell in row) for row in rows(table)), default=0) < 2:
        return True
    if any(e.tag == "table" for e in table.elements() if e is not table):
        return True
    lengths = [len(cell.words()) for cell in cells]
    filled = [length for length in lengths if length]
    has_heads = any(cell.tag == "th" for cell in cells)
    if not filled:
        return True
    if has_heads:
        return False
    if any(e.tag in _BLOCKS for cell in cells for e in cell.elements()):
        return True
    return sum(filled) / len(filled) > LAYOUT_CELL_WORDS


def rows(table: Element) -> list[list[Element | None]]:
    """Return the cells of a table, row by row; None where a cell beside or above reaches in."""
    found: list[list[Element | None]] = []
    reach: dict[int, int] = {}  # column: how many further rows a cell above reaches into
    for row in _rows(table):
        line: list[Element | None] = []
        below: dict[int, int] = {}
        for cell in (c for c in row.children if isinstance(c, Element) and c.tag in {"td", "th"}):
            while reach.get(len(line), 0):
                below[len(line)] = reach[len(line)] - 1
                line.append(None)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(across):
                if down > 1:
                    below[len(line)] = down - 1
                line.append(None if offset else cell)
        for column, left in reach.items():
            if left and column >= len(line):
                below[column] = left - 1
        found.append(line)
        reach = below
    return found


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for child in table.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                found.append(child)
            elif child.tag in _PARTS:
                found.extend(e for e in child.children if isinstance(e, Element) and e.tag == "tr")
    return found


def _span(cell: Element, name: str) -> int:
    value = cell.get(name).strip()
    return max(1, min(int(value), LARGEST_SPAN)) if re.fullmatch(r"\d{1,9}", value) else 1
