"""What is looked for before the items of a table of contents are told apart misses none of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.menus import ITEM, MARK


@given(st.text(alphabet="-*•1\\.) \n\ta", max_size=24))
def test_words_have_no_more_items_than_marks_of_items(words: str) -> None:
    assert len(ITEM.findall(words)) <= len(MARK.findall(words))
