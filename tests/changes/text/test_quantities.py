"""Quantities are told only where it is beyond doubt which became which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.text.quantities import shifts


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("We keep it for 12 months.", "We keep it for 24 months.", [("12 months", "24 months")]),
        ("kept twelve (12) months", "kept for one year", []),
        ("within thirty (30) days", "within 14 days", [("30 days", "14 days")]),
        ("You are 13 years of age or older", "You are 16 years of age or older", [("13 years", "16 years")]),
        ("a fee of $5", "a fee of $7.50", [("$5", "$7.50")]),
        ("a share of 10 %", "a share of 15%", [("10%", "15%")]),
        ("10 days, then 20 days", "10 days, then 30 days", [("20 days", "30 days")]),
        ("10 days, then 20 days", "11 days, then 30 days", []),
        ("one-month notice", "two-month notice", [("1 month", "2 months")]),
        ("30 business days", "30 days", []),
        ("section 12", "section 24", []),
    ],
)
def test_shifts(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert [(shift.old, shift.new) for shift in shifts(old, new)] == found


@given(st.text(max_size=200))
def test_equal_words_shift_nothing(words: str) -> None:
    assert shifts(words, words) == []


@given(st.integers(2, 99), st.integers(2, 99), st.sampled_from(["days", "weeks", "months", "years", "hours"]))
def test_a_shift_reads_the_same_backwards(a: int, b: int, unit: str) -> None:
    there, back = shifts(f"for {a} {unit}.", f"for {b} {unit}."), shifts(f"for {b} {unit}.", f"for {a} {unit}.")
    assert [(s.old, s.new) for s in there] == [(s.new, s.old) for s in back]
    assert bool(there) == (a != b)
