"""Counts what a comparison found, the same in both directions."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

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


def count(comparison: Comparison) -> Counts:
    """Return the counts of a comparison."""
    added = removed = sentences_added = sentences_removed = sentences_changed = moved = 0
    for hunk in comparison.hunks:
        old = comparison.old[hunk.old_start : hunk.old_end]
        new = comparison.new[hunk.new_start : hunk.new_end]
        if hunk.kind == "moved":
            moved += sum(bool(line.strip()) for line in new.split("\n"))
        if not hunk.has_words:
            continue
        gone, come = _words(old), _words(new)
        same = LCSseq.similarity(gone, come)
        added, removed = added + len(come) - same, removed + len(gone) - same
        one = _sentences(hunk, old, new)
        sentences_removed, sentences_added = sentences_removed + one[0], sentences_added + one[1]
        sentences_changed += one[2]
    return Counts(added, removed, sentences_added, sentences_removed, sentences_changed, moved)


def _sentences(hunk: Hunk, old: str, new: str) -> tuple[int, int, int]:
    """Return how many sentences one hunk removed, added and changed."""
    gone, come = _sentences_of(old), _sentences_of(new)
    if old > new:  # ties are broken the same way in both directions
        added, removed, changed = _differing(come, gone)
    else:
        removed, added, changed = _differing(gone, come)
    return removed, added, changed


def _differing(old: list[str], new: list[str]) -> tuple[int, int, int]:
    removed = added = changed = 0
    i = j = 0
    blocks = [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in Indel.opcodes(old, new) if op.tag == "equal"]
    for m, n, length in [*blocks, (len(old), len(new), 0)]:
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
