"""Sentences are counted by their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changes.text.sentence_counts import Sentences, sentences_of

SENTENCE = st.sampled_from(["We keep data.", "You may leave.", "Fees are due in advance.", "The law of Utopia applies."])
TEXT = st.lists(SENTENCE, max_size=6).map(" ".join)


def test_examples() -> None:
    assert sentences_of("", "One came. Two came.") == Sentences(added=2)
    assert sentences_of("One went.", "") == Sentences(removed=1)
    assert sentences_of("We keep it for 12 months. You may leave.", "We keep it for 24 months. You may leave.") == (
        Sentences(changed=1)
    )
    assert sentences_of("We **keep** it!", "we keep it.") == Sentences()


@given(TEXT, TEXT)
def test_both_ways_count_alike(old: str, new: str) -> None:
    there, back = sentences_of(old, new), sentences_of(new, old)
    assert (there.added, there.removed, there.changed) == (back.removed, back.added, back.changed)


@given(TEXT)
def test_equal_texts_changed_nothing(text: str) -> None:
    assert not sentences_of(text, text).any
