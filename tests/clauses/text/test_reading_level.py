"""The reading level, by its formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.text.reading_level import HIGHEST_GRADE, grade, syllables


@pytest.mark.parametrize(
    ("word", "number"),
    [("cat", 1), ("the", 1), ("table", 2), ("people", 2), ("create", 1), ("created", 2), ("used", 1), ("changes", 2),
     ("privacy", 3), ("agreement", 3), ("arbitration", 4), ("rhythm", 1), ("d'accord", 2), ("x", 1)],
)  # fmt: skip
def test_syllables_are_counted_by_the_rule_of_thumb(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_is_that_of_the_formula() -> None:
    # six words of one syllable each, in one sentence
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    # the same twice: words per sentence stay
    assert grade("The cat sat on the mat. The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_plain_words_are_below_the_limit_and_officialese_is_above() -> None:
    assert grade("They may sell what they know of you. You can refuse in the settings.") < HIGHEST_GRADE
    assert grade("Notwithstanding contrary stipulations, proprietary information remains transferable.") > HIGHEST_GRADE


def test_what_has_no_words_has_no_grade() -> None:
    assert grade("") == grade(" 12 … !") == 0


@given(st.text())
def test_any_text_has_a_grade(words: str) -> None:
    assert isinstance(grade(words), float)


@given(st.lists(st.sampled_from(["they", "may", "sell", "what", "you", "say", "to", "them"]), min_size=1, max_size=30))
def test_a_sentence_that_is_divided_is_never_harder(words: list[str]) -> None:
    assert grade(". ".join(words) + ".") <= grade(" ".join(words) + ".") + 1e-9
