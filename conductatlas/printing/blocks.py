"""The pieces of a printed record, as its template takes them; every word in them is printable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from conductatlas.printing.words import breakable, pieces, printable

Block = dict[str, Any]


def lines(words: str) -> list[list[str]]:
    """Return the lines of words of ours, each as one piece that may be broken anywhere rather than run off the page."""
    return [[line] for line in breakable(words).split("\n")]


def exact_lines(words: str) -> list[list[str]]:
    """Return the lines of a quotation, each as pieces of which every other one is kept on one line of print."""
    return [pieces(line) for line in printable(words).split("\n")]


def heading(words: str, level: int = 2) -> Block:
    """Return a heading of ours."""
    return {"is": "heading", "level": level, "words": breakable(words)}


def paragraph(words: str, *, small: bool = False) -> Block:
    """Return a paragraph of ours."""
    return {"is": "small" if small else "words", "words": lines(words)}


def quotation(words: str, *, mark: str, language: str, was: bool = False) -> Block:
    """Return words of a document exactly as they are stored; `was` for those that are there no longer."""
    return {"is": "quotation", "words": exact_lines(words), "mark": lines(mark), "lang": tag(language), "was": was}


def facts(rows: Sequence[tuple[str, str | Block]]) -> Block:
    """Return names with what they are; those that are not known are left out."""
    return {"is": "facts", "rows": [(name, _cell(what)) for name, what in rows if what]}


def table(columns: Sequence[int], head: Sequence[str], rows: Sequence[Sequence[str | Block]]) -> Block:
    """Return a table of ours; `columns` are the widths beside each other."""
    return {"is": "table", "columns": columns, "head": head, "rows": [[_cell(one) for one in row] for row in rows]}


def mono(words: str) -> Block:
    """Return a hash, an address or an id."""
    return {"words": lines(words), "mono": True}


def severe(level: str, words: str) -> Block:
    """Return a severity by its shape and its words."""
    return {"words": lines(words), "severity": level}


def tag(language: str) -> str:
    """Return the primary part of a language tag; of a language that is not known, English as the site is."""
    primary = language.split("-")[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else "en"


def _cell(what: str | Block) -> Block:
    return {"words": lines(what)} if isinstance(what, str) else what
