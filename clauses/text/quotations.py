"""Finds what prose sets in quotation marks though the text that it speaks of does not say it."""

from __future__ import annotations

import re

from clauses.text.copied import words_of
from clauses.text.plain import plain

FEWEST_QUOTED = 6
"""Fewer words in quotation marks may be a name or an expression; from here on they claim to be the document's."""

MARKS = '“"„«'
"""The signs that open a quotation."""

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"\n]+)\"|„([^„“”]+)[“”]|«([^«»]+)»")
_LEFT_OUT = re.compile(r"…|\.\.\.|\[[^\[\]]*\]")


def quotations(prose: str) -> list[str]:
    """Return the quotations of a piece of prose, in order."""
    return [next(filter(None, found.groups())) for found in _QUOTED.finditer(prose)]


def unfounded(prose: str, text: str) -> list[str]:
    """Return the quotations of six words or more that do not stand word for word in a text (Markdown).

    Signs, case and markup do not count; what an ellipsis or brackets leave out may be anything.
    """
    long = [quotation for quotation in quotations(prose) if len(words_of(quotation)) >= FEWEST_QUOTED]
    if not long:
        return []
    said = f" {' '.join(words_of(plain(text)))} "
    return [quotation for quotation in long if not _stands(quotation, said)]


def _stands(quotation: str, said: str) -> bool:
    """Tell whether the pieces of a quotation stand in a text one after the other."""
    at = 0
    for piece in _LEFT_OUT.split(quotation):
        words = words_of(piece)
        if words:
            found = said.find(f" {' '.join(words)} ", at)
            if found < 0:
                return False
            at = found + 1
    return True
