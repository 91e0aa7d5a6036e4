"""Cuts a long list into its items and a long table into its rows, so that none speaks for the others.

Each piece is judged with what governs it: the lead-in of its list, the header of its table. Neighbouring pieces that
say the same join again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clauses.text.blocks import Block, BlockKind
from clauses.text.sentences import sentences

WHOLE_WORDS = 120
"""A list or a table is judged in one piece up to so many words."""
WHOLE_WORDS_OF_SENTENCES = 40
"""A list without a lead-in, whose items are sentences side by side, up to so many."""
CONTEXT_WORDS = 40
"""With as many words an item says by itself what it says, and the lead-in would only speak into it."""
PIECE_WORDS = 20
"""Neighbouring items or rows with fewer words make one piece."""
FEWEST_WORDS = 12
"""Fewer words of a list are not quoted without the rest of it."""
LONGEST_WHOLE = 400
"""Words of a list or table that are quoted in one piece; of a longer one a few words may be quoted alone."""
MOST_RUNS = 3
"""More runs of pieces in one list or table than this are one, from the first to the last."""
WHOLE_SHARE = 0.6
"""Where so many of the pieces say it, all of them do."""
SUREST = 0.6
"""What fewer pieces say alone is believed from this score on."""
_GAP = 1
_LONGEST_CONTEXT = 400
_STOPPED = re.compile(r"[.!?][”\")*_]*$")
_BETWEEN = re.compile(r"\s*\|[\s|:\-]*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of a block by start and end within its words, and what is read before each when it is judged."""

    context: str
    pieces: tuple[tuple[int, int], ...]
    is_list: bool

    def read(self, place: int, words: str) -> str:
        """Return what is judged of the piece at a place: its words, with what governs them where they are few."""
        start, end = self.pieces[place]
        piece = words[start:end]
        return piece if self.is_list and _length(piece) >= CONTEXT_WORDS else self.context + piece

    def divided(self, first: int, last: int, words: str) -> list[tuple[int, int]]:
        """Divide pieces from the first to the last into ranges that are not too long to be quoted."""
        ranges = [(first, first)]
        for place in range(first + 1, last + 1):
            begun = self.pieces[ranges[-1][0]][0]
            if _length(words[begun : self.pieces[place][1]]) > LONGEST_WHOLE:
                ranges.append((place, place))
            else:
                ranges[-1] = ranges[-1][0], place
        return ranges

    def span(self, first: int, last: int, words: str) -> tuple[int, int]:
        """Return start and end of the words that quote the pieces from the first to the last.

        The lead-in or the header goes with the first piece; a few words of a list are quoted with all of it.
        """
        whole = 0, self.pieces[-1][1]
        start = self.pieces[first][0] if first else 0
        end = self.pieces[last][1]
        few = _length(words[start:end]) < FEWEST_WORDS
        return whole if few and _length(words) < LONGEST_WHOLE else (start, end)


def cut(block: Block, words: str, lead: str = "") -> Cut | None:
    """Cut a block into pieces; None where it is to be judged whole. `lead` is a lead-in that stands before it."""
    if block.kind == BlockKind.TABLE:
        return _rows(words) if _length(words) > WHOLE_WORDS else None
    if block.kind != BlockKind.LIST or len(block.items) < 2:
        return None
    starts = [start - block.start for start in block.items]
    ends = [*starts[1:], len(words)]
    spans = [(a, a + len(words[a:b].rstrip())) for a, b in zip(starts, ends, strict=True)]
    own = words[: starts[0]]
    apart = not own and _are_sentences(spans, words)
    if _length(words) <= (WHOLE_WORDS_OF_SENTENCES if apart else WHOLE_WORDS):
        return None
    return Cut(context(own or lead), _grouped(spans, words), is_list=True)


def governed(block: Block, words: str, lead: str) -> str:
    """Return what is judged of a paragraph in one piece: its words, with a lead-in before it where they are few."""
    return context(lead) + words if len(block.items) > 1 or _length(words) < CONTEXT_WORDS else words


def context(lead: str) -> str:
    """Return what of a lead-in is read with each of the words that it governs: its last sentence."""
    last = sentences(lead)[-1:]
    return f"{lead[last[0][0] :][-_LONGEST_CONTEXT:].rstrip()}\n\n" if last else ""


def runs(says: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the runs of pieces that say something, as first and last place; a gap of one piece joins."""
    places = [place for place, said in enumerate(says) if said]
    if not places:
        return []
    if len(places) >= WHOLE_SHARE * len(says):
        return [(0, len(says) - 1)]
    found = [(places[0], places[0])]
    for place in places[1:]:
        if place - found[-1][1] <= 1 + _GAP:
            found[-1] = found[-1][0], place
        else:
            found.append((place, place))
    return found if len(found) <= MOST_RUNS else [(places[0], places[-1])]


def _are_sentences(spans: Sequence[tuple[int, int]], words: str) -> bool:
    """Tell items that are sentences, most of them, each with words enough to say something."""
    whole = [_STOPPED.search(words, start, end) is not None for start, end in spans]
    return sum(whole) >= WHOLE_SHARE * len(spans) and _length(words) >= FEWEST_WORDS * len(spans)


def _length(words: str) -> int:
    return len(words.split())


def _grouped(spans: Sequence[tuple[int, int]], words: str) -> tuple[tuple[int, int], ...]:
    """Join neighbours of few words into one piece; what says little by itself says it with the next."""
    groups: list[tuple[int, int]] = []
    few = False
    for start, end in spans:
        if few:
            start = groups.pop()[0]
        groups.append((start, end))
        few = _length(words[start:end]) < PIECE_WORDS
    return tuple(groups)


def _rows(words: str) -> Cut | None:
    """Cut a table between its rows; its first row with words is the header."""
    rows: list[tuple[int, int]] = []
    offset = 0
    for line in words.split("\n"):
        if not _BETWEEN.match(line):
            rows.append((offset, offset + len(line)))
        offset += len(line) + 1
    if len(rows) < 3:
        return None
    return Cut(words[rows[0][0] : rows[0][1]][:_LONGEST_CONTEXT] + "\n", _grouped(rows[1:], words), is_list=False)
