"""Words that were copied are found however they are dressed, and a few words in common are not called copied."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.copied import FEWEST, RUN, copied

GENERAL = "Such a clause lets the platform hand over what it knows to buyers. Ask for a copy of the list."


def test_a_sentence_is_found_whatever_its_signs_and_case() -> None:
    assert copied("Do this. ask for a copy, of the LIST!", [GENERAL]) == "ask for a copy, of the LIST!"


def test_eight_words_in_a_row_are_found_within_a_sentence() -> None:
    mine = "Here the clause lets the platform hand over what it knows, at a price."
    assert copied(mine, [GENERAL]) == "clause lets the platform hand over what it knows"
    assert copied("Here somebody lets the platform hand over what it has.", [GENERAL]) == ""  # seven


def test_a_short_sentence_may_be_the_same_by_chance() -> None:
    assert copied("Ask for it.", ["Ask for it. And more."]) == ""


WORDS = st.lists(st.sampled_from("abcdefghijklm"), min_size=1, max_size=40)


@given(WORDS, WORDS, WORDS)
def test_whatever_holds_a_run_of_the_source_is_found(source: list[str], before: list[str], after: list[str]) -> None:
    found = copied(" ".join([*before, *source, *after]), [" ".join(source)])
    assert bool(found) or len(source) < RUN


@given(WORDS)
def test_nothing_is_copied_from_nothing(mine: list[str]) -> None:
    assert copied(" ".join(mine), []) == copied(" ".join(mine), ["", "Z z."]) == ""
    assert FEWEST < RUN
