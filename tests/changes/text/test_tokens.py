"""Words are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.text.words import tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You don’t or can't.", ["You", "don’t", "or", "can't", "."]),
        ("a 12-month, state-of-the-art plan", ["a", "12-month", ",", "state-of-the-art", "plan"]),
        ("1,000.50; 12/24 at 10:30, and/or", ["1,000.50", ";", "12/24", "at", "10:30", ",", "and", "/", "or"]),
        ("see https://terms.example/a?b=1#c).", ["see", "https://terms.example/a?b=1#c", ")", "."]),
        ("write to privacy@atlas.example.", ["write", "to", "privacy", "@", "atlas.example", "."]),
        ("**bold** and snake_case", ["*", "*", "bold", "*", "*", "and", "snake_case"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("規約、第1条", ["規約", "、", "第1条"]),
    ],
)
def test_words_keep_what_joins_them(text: str, words: list[str]) -> None:
    assert list(tokens(text).words) == words


@given(st.text(max_size=80).map(str.lstrip))
def test_only_white_space_lies_between_and_no_word_is_broken(text: str) -> None:
    found = tokens(text)
    at = 0
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        assert text[start:end] == word
        assert not text[at:start].strip()
        assert not (text[start - 1 : start].isalnum() and word[0].isalnum())
        at = end
    assert not text[at:].strip()
