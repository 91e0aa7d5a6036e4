"""What a run shows of its words, and what of it is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changes.text.rows import Run


@given(st.text())
def test_the_frame_holds_all_that_is_shown(words: str) -> None:
    before, core, after = Run("new", words).framed
    assert before + core + after == Run("new", words).shown
    assert core == core.strip()
    assert not before.strip()
    assert not after.strip()


def test_white_space_is_never_marked() -> None:
    assert Run("new", " unless you agree\n\n").framed == (" ", "unless you agree", "\n\n")
    assert Run("gone", "\n").framed == ("\n", "", "")
