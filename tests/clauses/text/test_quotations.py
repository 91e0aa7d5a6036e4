"""A quotation stands in the text it is of, word for word, or it is found out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.text.copied import words_of
from clauses.text.quotations import FEWEST_QUOTED, quotations, unfounded

TEXT = "## Sharing\n\nWe may **share** your [contact data](https://x.example/) with our partners, and they may keep it."


@pytest.mark.parametrize(
    "prose",
    [
        "It says “We may share your contact data with our partners”.",
        'It says "we may share your contact data with our partners, and".',
        "It says “We may share … our partners, and they may keep it”.",
        "It says “[They] may share your contact data with our [friends]”.",
        "It says „may share your contact data with our“ partners.",
        "They call it “a way of sharing”.",
        "It quotes nothing.",
    ],
)
def test_words_that_stand_there_are_sound(prose: str) -> None:
    assert unfounded(prose, TEXT) == []


@pytest.mark.parametrize(
    "quotation",
    [
        "We will share your contact data with our partners",
        "our partners … We may share your contact data",
        "We may share your contact dat",
        "e may share your contact data with our partners",
    ],
)
def test_words_that_do_not_are_found_out(quotation: str) -> None:
    assert unfounded(f"It says “{quotation}” somewhere.", TEXT) == [quotation]


def test_every_pair_of_marks_is_known() -> None:
    assert quotations('“a” "b" „c“ «d» and ‘e’') == ["a", "b", "c", "d"]


@given(st.lists(st.sampled_from(["they", "may", "sell", "what", "you", "say", "to", "them"]), min_size=FEWEST_QUOTED, max_size=30),
       st.integers(0, 20))  # fmt: skip
def test_any_run_of_a_text_may_be_quoted(words: list[str], start: int) -> None:
    run = " ".join(words[start : start + FEWEST_QUOTED])
    assert unfounded(f"“{run}”", " ".join(words)) == []
    assert len(words_of(run)) <= FEWEST_QUOTED
