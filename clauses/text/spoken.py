"""Takes a passage apart into what it says one by one: sentences, items under their lead-in, rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clauses.text.plain import plain
from clauses.text.sentences import sentences

LEAD_REACH = 220
"""So much of a lead-in stands before each of its items, in code points."""
_BREAK = re.compile(r"\n(?=[ \t]*(?:[*+\-•]|\d{1,3}[.)]|\|)[ \t])|\n[ \t]*\n|<br\s*/?>", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[*+\-•]|\d{1,3}[.)])[ \t]")
_PART = re.compile(r";\s")
_ANSWER = re.compile(r"(?:no|yes|never|not)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|be|was|were|do|does|did|will|shall|may|can|cannot|must|should|would|has|have|had|we|you|they|it|i"
    r"|gets|goes|sells|shares|collects|uses|keeps|tracks|stores|sets|contains?|shows|runs|works|\w+n't)\b"
    r"|\b(?:never|not) \w+",
    re.IGNORECASE,
)
_LONGEST_TITLE = 10


@lru_cache(maxsize=64)
def spoken(words: str) -> tuple[str, ...]:
    """Return what a passage (Markdown or plain) says, one thing each, in plain words with straight apostrophes."""
    said: list[str] = []
    for piece in _pieces(words):
        spans = [piece[start:end] for start, end in sentences(piece)]
        for one in spans:
            if said and said[-1].endswith("?") and _ANSWER.match(one):
                said[-1] = f"{said[-1]} {one}"
            else:
                said.extend(_parts(one))
    return tuple(said)


def is_title(sentence: str) -> bool:
    """Tell words that only name a subject: a heading, the text of a link, a cell."""
    words = sentence.split()
    if len(words) > _LONGEST_TITLE or _VERB.search(sentence) is not None:
        return False
    return sentence[-1] not in ".!" or all(word[0].isupper() for word in words if len(word) > 3)


def _pieces(words: str) -> Iterator[str]:
    """Yield paragraphs, items and rows in plain words; an item with the lead-in of its list before it."""
    lead = ""
    for line in _BREAK.split(words):
        piece = plain(line).replace("’", "'")
        if not piece:
            continue
        if _ITEM.match(line) is None:
            lead = ""
        if piece.endswith(":"):
            lead = piece[-LEAD_REACH:]
        elif lead:
            yield f"{lead} {piece}"
            continue
        yield piece


def _parts(sentence: str) -> list[str]:
    """Return the parts of a series, each with the lead-in that governs them all."""
    first, *others = _PART.split(sentence)
    lead = first[: first.index(":") + 1][-LEAD_REACH:] if others and ":" in first else ""
    return [first, *(f"{lead} {other}".strip() for other in others)]
