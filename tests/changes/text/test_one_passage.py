"""A comparison holds both wordings, whole words at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changes.text.one_passage import changed

WORDS = st.lists(
    st.sampled_from(["we", "may", "use", "your", "words", "not", "ever", "train", "models", "12", "é"]), max_size=30
)


@given(WORDS, WORDS)
def test_the_parts_hold_both_wordings(old: list[str], new: list[str]) -> None:
    parts = changed(" ".join(old), " ".join(new))
    assert " ".join(p.words for p in parts if p.kind != "new").split() == old
    assert " ".join(p.words for p in parts if p.kind != "gone").split() == new
    assert all(p.words for p in parts)


def test_phrases_are_kept_together() -> None:
    parts = changed("We may use the prompts you enter.", "We will never use the prompts you enter.")
    assert [(p.kind, p.words) for p in parts] == [
        ("same", "We"), ("gone", "may"), ("new", "will never"), ("same", "use the prompts you enter."),
    ]  # fmt: skip
