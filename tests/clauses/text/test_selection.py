"""Selections become whole words of paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.text.blocks import blocks
from clauses.text.selection import selected, whole_words

TEXT = "# Data\n\nWe keep your letters. We sell nothing.\n\n## Sharing\n\nWe share maps with partners.\n"


def words(ranges) -> list[str]:
    return [TEXT[one.start : one.end] for one in selected(TEXT, ranges)]


def test_cut_words_come_whole_and_blanks_go() -> None:
    start = TEXT.index("eep your")
    assert words([(start, start + 12)]) == ["keep your letters"]
    assert words([(TEXT.index(" We sell"), TEXT.index("nothing.") + 8)]) == ["We sell nothing."]


def test_a_selection_over_a_heading_is_its_paragraphs() -> None:
    assert words([(TEXT.index("We sell"), TEXT.index("maps") + 2)]) == ["We sell nothing.", "We share maps"]


def test_selections_that_touch_are_one() -> None:
    start = TEXT.index("We keep")
    assert words([(start, start + 7), (start + 3, start + 20)]) == ["We keep your letters"]


@pytest.mark.parametrize("ranges", [[], [(0, 0)], [(5, 2)], [(0, 999)], [(0, 6)], [(20, 21)] * 21])
def test_what_selects_no_words_is_refused_with_a_sentence(ranges) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        selected(TEXT, ranges)


@given(st.text(alphabet="ab c\n.#-*1é𝔸", max_size=200), st.integers(0, 200), st.integers(1, 60))
def test_every_selection_quotes_its_words_within_one_paragraph(text: str, start: int, length: int) -> None:
    try:
        found = selected(text, [(start, start + length)])
    except ValueError:
        return
    numbered = {block.number: block for block in blocks(text)}
    for one in found:
        block = numbered[one.block.number]
        assert block.start <= one.start < one.end <= block.end
        quoted = text[one.start : one.end]
        assert quoted == quoted.strip() != ""
    widest = whole_words(text, start, start + length)
    assert all(widest[0] <= one.start and one.end <= widest[1] for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
