"""The words of a clause as its page quotes them: cut from the stored text, with what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from clauses.models import Passage
from clauses.text.plain import plain
from conductatlas.records.fragments import ANCHOR, text_directive
from platforms.models import Version
from platforms.text.words import LAST_UPDATED

QUOTED = 3
"""Passages of a clause that its page sets as quotations; further ones are linked."""
NAMED = 12
"""Further passages that are linked one by one; the version marks all of them."""
BEFORE, AFTER = 140, 280
"""Code points of text shown before and after the quoted words; fewer before, so that the words stand above the fold."""
HEAD = 4000
"""Code points from the start of a text in which a publisher's own date is looked for."""
VAST, LONG, MIDDLING = 4000, 420, 220
"""Code points from which a quotation is set smaller, so that its end stands above the fold; a vast one scrolls."""
_NEW_LINE = re.compile(r"\s*(?:[*+-]\s|\d+[.)]\s|\||>|#{1,6}\s)")
_RULE = re.compile(r"[\s|:-]*")
_CELL = re.compile(r"(?<!\\)\|")
_END_OF_LINE = re.compile(r"(?:\s\s|\\|<br\s*/?>)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as the page quotes it, with the words around it."""

    passage: Passage
    words: str
    before: str
    after: str
    version: str
    occurs: int

    @property
    def place(self) -> str:
        """Return where the words are marked in the version that holds them, by its permanent address (`version`)."""
        words = text_directive(self.words, before=self.before, after=self.after, is_alone=self.occurs == 1)
        return f"{self.version}?at={self.passage.start}-{self.passage.end}#{ANCHOR}{words}"

    @property
    def size(self) -> str:
        """Return how large the words are set: the more there are, the smaller."""
        return "small" if len(self.words) > LONG else "middling" if len(self.words) > MIDDLING else ""

    @property
    def is_vast(self) -> bool:
        """Tell whether the words are so many that they scroll in their place: a table that holds a whole document."""
        return len(self.words) > VAST


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was cut from one text: the quotations, and the line in which the publisher dates it."""

    quotations: list[Quotation]
    claimed_date: str


def quoted(passages: list[Passage], seen: Version | None) -> Quoted:
    """Quote passages from the stored text itself. One query."""
    if seen is None or not passages:
        return Quoted([], "")
    slices, counts = [], []
    arguments: list[int] = []
    places: list[int] = []
    for passage in passages:
        before = max(0, passage.start - BEFORE)
        slices.append("substr(body, %s, %s), substr(body, %s, %s), substr(body, %s, %s)")
        counts.append("(length(body) - length(replace(body, substr(body, %s, %s), ''))) / %s")
        places += [passage.start + 1, passage.end - passage.start, passage.end - passage.start]
        arguments += [before + 1, passage.start - before]
        arguments += [passage.start + 1, passage.end - passage.start]
        arguments += [passage.end + 1, AFTER]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(slices + counts)}, substr(body, 1, {HEAD}) FROM platforms_storedtext WHERE id = %s",  # noqa: S608 - placeholders only
            [*arguments, *places, seen.text_id],
        )
        row = cursor.fetchone() or ("",) * (4 * len(passages) + 1)
    version = reverse("revision", args=[seen.document.record_id, seen.number])
    quotations = [
        Quotation(
            passage,
            lines(row[3 * n + 1]),
            _last_words(row[3 * n]),
            "" if _is_next(passage, passages[n + 1 :]) else _first_words(row[3 * n + 2]),
            version,
            int(row[3 * len(passages) + n] or 0),
        )
        for n, passage in enumerate(passages)
    ]
    return Quoted(quotations, claimed_date(row[-1]))


def _is_next(passage: Passage, following: list[Passage]) -> bool:
    """Tell whether what stands after a passage is quoted next anyway."""
    return bool(following) and 0 <= following[0].start - passage.end < AFTER


def lines(markdown: str) -> str:
    """Return words without markup, each item of a list and each row of a table on a line of its own."""
    parts: list[str] = []
    ended = True
    for whole in markdown.split("\n"):
        line = _END_OF_LINE.sub("", whole)
        if ended or not line.strip() or _NEW_LINE.match(line):
            parts.append(line)
        else:
            parts[-1] += f" {line}"
        ended = not line.strip() or line != whole
    said = (_row(part) if part.lstrip().startswith("|") else plain(part) for part in parts)
    return "\n".join(words for words in said if words)


def _row(line: str) -> str:
    """Return a row of a table, its cells parted by bars; nothing for the rule beneath the head."""
    cells = () if _RULE.fullmatch(line) else (plain(cell) for cell in _CELL.split(line))
    return " | ".join(cell for cell in cells if cell)


def claimed_date(head: str) -> str:
    """Return the line in which a publisher says when the text was last updated, or nothing."""
    stripped = (line.strip() for line in head.split("\n"))
    return next((plain(line) for line in stripped if "last" in line[:40].lower() and LAST_UPDATED.match(line)), "")


def _last_words(before: str) -> str:
    """Return the end of the text before, from a whole word on, within one paragraph."""
    paragraph = before.rstrip().rsplit("\n\n", 1)[-1]
    if paragraph.lstrip().startswith("#"):
        return ""  # the heading stands above the quotation already
    cut = len(before) >= BEFORE and len(paragraph) == len(before.rstrip())
    return plain(paragraph.split(None, 1)[-1] if cut else paragraph)


def _first_words(after: str) -> str:
    """Return the start of the text after, up to a whole word, within one paragraph."""
    paragraph = after.lstrip().split("\n\n", 1)[0]
    if paragraph.startswith("#"):
        return ""  # another section begins
    cut = len(after.lstrip()) == len(paragraph) and len(after) >= AFTER
    return plain(paragraph.rsplit(" ", 1)[0] if cut else paragraph)
