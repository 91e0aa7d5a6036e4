"""Finds the texts that say given words, one after the other, whatever their markup and typography."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from platforms.models import Piece, StoredText, TextPieces
from platforms.text.pieces import RELEASE, words_of

LEAST_WORDS, MOST_WORDS = 3, 400
"""Fewer words stand everywhere; more need not be compared to tell a text."""
LEAST_ACROSS = 8
"""Fewer words are looked for within a line; over the ends of lines they stand nearly everywhere."""
PROBES = {6: 12, 3: 6}
"""How many runs of so many words are tried, to find a line that has a part of what is pasted; of menus it has few."""
LEAST_LETTERS = 18
"""A run with fewer letters in all its words stands in too many lines to tell one."""
NEAR = 40
"""Lines on each side of a found one that pasted words may reach over."""
MOST_PARTS = 80
"""Lines with a part of what is pasted; a part that stands in more tells too little."""
MOST_PIECES = 400
"""Lines that are looked at; words that stand in more tell nothing."""


class Unfit(Exception):
    """The words cannot be looked for; the message says what to do."""


def asked_words(pasted: str) -> list[str]:
    """Return the words to look for. Raises Unfit for too few or too many."""
    words = words_of(pasted)
    if len(words) < LEAST_WORDS:
        raise Unfit(f"Paste at least {LEAST_WORDS} words: fewer stand in nearly every document.")
    if len(words) > MOST_WORDS:
        raise Unfit(
            f"These are {len(words):,} words; at most {MOST_WORDS} are looked for at once."
            " Paste the passage that matters, or give the whole text as a file."
        )
    return words


def texts_saying(words: Sequence[str]) -> list[int]:
    """Return the ids of the stored texts that say these words one after the other.

    In a line, or over several where there are LEAST_ACROSS words.
    """
    within = list(Piece.objects.saying(words).values_list("pk", flat=True)[:MOST_PIECES])
    found = set(TextPieces.objects.filter(pieces__overlap=within).values_list("pk", flat=True)) if within else set()
    return sorted(found | _across(words, found) if len(words) >= LEAST_ACROSS else found)


def unindexed() -> int:
    """Return how many texts are not indexed yet, so that a page can say what was not searched."""
    return StoredText.objects.exclude(pk__in=TextPieces.objects.filter(release=RELEASE).values("text")).count()


def _across(words: Sequence[str], known: set[int]) -> set[int]:
    """Return the further texts in which the words run over more than one piece."""
    said = f" {' '.join(words)} "
    found: set[int] = set()
    for probe in _probes(words):
        parts = set(Piece.objects.saying(probe).values_list("pk", flat=True)[: MOST_PARTS + 1])
        if 0 < len(parts) <= MOST_PARTS:
            found |= {text for text, near in _around(parts, known | found) if said in near}
    return found


def _probes(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield runs of words spread over what is pasted, those with the most letters first: one lies within a line."""
    for size, most in PROBES.items():
        spread = max(1, (len(words) - size) // most)
        places = range(0, len(words) - size + 1, spread)
        runs = [words[place : place + size] for place in places]
        telling = [run for run in runs if sum(map(len, run)) >= LEAST_LETTERS]
        yield from sorted(telling, key=lambda run: -sum(map(len, run)))[: most + 1]


def _around(parts: set[int], known: set[int]) -> Iterator[tuple[int, str]]:
    """Yield each text that has one of these pieces and is not known, with the words around it."""
    holding = TextPieces.objects.filter(pieces__overlap=list(parts)).exclude(pk__in=known)
    rows = holding.values_list("pk", "pieces")
    near = {
        (pk, tuple(row[max(0, at - NEAR) : at + NEAR + 1]))
        for pk, row in rows
        for at, one in enumerate(row)
        if one in parts
    }
    said = Piece.objects.in_bulk({one for _, run in near for one in run})
    joined = {run: f" {' '.join(said[one].words for one in run)} " for run in {run for _, run in near}}
    for pk, run in near:
        yield pk, joined[run]
