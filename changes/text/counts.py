"""Counts what a comparison found, the same in both directions."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from operator import add

from changes.text.alignment import equal_words
from changes.text.hunks import Comparison, Hunk
from clauses.text.sentences import sentences
from platforms.text.words import words_of


@dataclass(frozen=True, slots=True)
class Counts:
    """How much changed.

    Words are those of rule 6: markup, case, punctuation and link targets aside, a word that a change took in for
    the sake of a phrase is not counted. Sentences are counted where their words differ, headings left out; one that
    stands in the place of another was changed. A moved passage counts as a passage, and with the words changed in it.
    """

    words_added: int
    words_removed: int
    sentences_added: int
    sentences_removed: int
    sentences_changed: int
    passages_moved: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, astuple(self), astuple(other)))


NOTHING = Counts(0, 0, 0, 0, 0, 0)


def count(comparison: Comparison) -> Counts:
    """Return the counts of a comparison: those of its hunks together."""
    return sum((count_hunk(comparison, hunk) for hunk in comparison.hunks), NOTHING)


def count_hunk(comparison: Comparison, hunk: Hunk) -> Counts:
    """Return the counts of one hunk of a comparison."""
    old = comparison.old[hunk.old_start : hunk.old_end]
    new = comparison.new[hunk.new_start : hunk.new_end]
    moved = sum(bool(line.strip()) for line in new.split("\n")) if hunk.kind == "moved" else 0
    if not hunk.has_words:
        return Counts(0, 0, 0, 0, 0, moved)
    gone, come = _words(old), _words(new)
    # Where the answer is not exact (in very long hunks), it is the same in both directions all the same.
    same = sum(length for _, _, length in equal_words(*sorted((gone, come))))
    removed, added, changed = _sentences(old, new)
    return Counts(len(come) - same, len(gone) - same, added, removed, changed, moved)


def _sentences(old: str, new: str) -> tuple[int, int, int]:
    """Return how many sentences were removed, added and changed from one wording to another."""
    gone, come = _sentences_of(old), _sentences_of(new)
    if old > new:  # ties are broken the same way in both directions
        added, removed, changed = _differing(come, gone)
    else:
        removed, added, changed = _differing(gone, come)
    return removed, added, changed


def _differing(old: list[str], new: list[str]) -> tuple[int, int, int]:
    removed = added = changed = 0
    i = j = 0
    for m, n, length in [*equal_words(old, new), (len(old), len(new), 0)]:
        gone, come = m - i, n - j
        changed += min(gone, come)
        removed, added = removed + gone - min(gone, come), added + come - min(gone, come)
        i, j = m + length, n + length
    return removed, added, changed


def _words(text: str) -> list[str]:
    return [word for line in text.split("\n") for word in words_of(line)]


def _sentences_of(text: str) -> list[str]:
    """Return the words of each sentence of a text."""
    found = (text[start:end] for start, end in sentences(text))
    words = (" ".join(_words(sentence)) for sentence in found if not sentence.startswith("#"))
    return [sentence for sentence in words if sentence]
