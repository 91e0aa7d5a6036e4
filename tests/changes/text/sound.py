"""What must hold of every comparison, and texts that it is tried on."""

from __future__ import annotations

from hypothesis import strategies as st

from changes.text.compare import Comparison, apply, compare, ops, patch
from changes.text.words import tokens

_WORDS = ["we", "may", "use", "your", "the", "data", "12", "don't", "12-month", "1,000.50", "(é)", "a.", "b,", "文字"]
_BLANKS = [" ", " ", " ", "\n", "\n\n", "\r\n", "  ", "\n* ", "\u2028", "\x0c", " _"]

ROUGH = st.lists(st.sampled_from([*_WORDS, *_BLANKS]), max_size=60).map("".join)
"""Texts of few words and much white space, so that much of two of them is the same by chance."""

ANYTHING = st.text(max_size=60)

_SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]


def _sentence(numbers: list[int]) -> str:
    size = len(_SYLLABLES)
    return " ".join(_SYLLABLES[n % size] + _SYLLABLES[n // size % size] for n in numbers).capitalize() + "."


SENTENCES = st.lists(st.integers(0, len(_SYLLABLES) ** 2 - 1), min_size=9, max_size=14, unique=True).map(_sentence)
DOCUMENTS = st.lists(SENTENCES, min_size=4, max_size=8, unique=True)
"""The paragraphs of documents, each long enough to be known again where it moved."""


def expect_sound(old: str, new: str) -> Comparison:
    """Check everything that holds of two texts whatever they are, and return their comparison."""
    comparison = compare(old, new)
    assert bool(comparison.hunks) == (old != new)
    assert apply(patch(comparison), old) == new
    _expect_pieces(old, new)
    _expect_parts(comparison)
    _expect_mirror(comparison)
    return comparison


def _expect_pieces(old: str, new: str) -> None:
    pieces = ops(old, new)
    assert "".join(gone for _, gone, _ in pieces) == old
    assert "".join(come for _, _, come in pieces) == new
    assert all(gone == come for op, gone, come in pieces if op == "=")


def _expect_parts(comparison: Comparison) -> None:
    old, new = comparison.old, comparison.new
    for hunk in comparison.hunks:
        borders = _borders(old, hunk.old_start, hunk.old_end), _borders(new, hunk.new_start, hunk.new_end)
        i, j = hunk.old_start, hunk.new_start
        for part in hunk.parts:
            assert (part.old_start, part.new_start) == (i, j)
            i, j = part.old_end, part.new_end
            assert {part.old_start, part.old_end} <= borders[0]
            assert {part.new_start, part.new_end} <= borders[1]
            if part.kind == "same":
                assert old[part.old_start : i] == new[part.new_start : j] != ""
            else:
                assert (part.old_start < i, part.new_start < j) == (part.kind == "gone", part.kind == "new")
        assert (i, j) == (hunk.old_end, hunk.new_end)


def _borders(text: str, start: int, end: int) -> set[int]:
    """Return the offsets in a range that lie inside no word."""
    assert not (text[start - 1 : start].isalnum() and text[start : start + 1].isalnum())
    assert not (text[end - 1 : end].isalnum() and text[end : end + 1].isalnum())
    words = text[start:end].lstrip()
    found = tokens(words)
    lead = end - len(words)
    inside = {lead + at for a, b in zip(found.starts, found.ends, strict=True) for at in range(a + 1, b)}
    return set(range(start, end + 1)) - inside


def _expect_mirror(comparison: Comparison) -> None:
    there, back = comparison.counts(), compare(comparison.new, comparison.old).counts()
    assert (there.words_added, there.words_removed) == (back.words_removed, back.words_added)
    assert (there.sentences_added, there.sentences_removed) == (back.sentences_removed, back.sentences_added)
    assert (there.sentences_changed, there.passages_moved) == (back.sentences_changed, back.passages_moved)
