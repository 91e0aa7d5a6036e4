"""A comparison holds both wordings, whole words at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.changed import changed
from clauses.text.laws import LawNames

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


NAMES = {
    "gdpr": ["GDPR", "General Data Protection Regulation"],
    "uk-gdpr": ["UK GDPR"],
    "dsa": ["Digital Services Act", "DSA"],
}


@given(st.text(alphabet="GDPR UKSA.,xé", max_size=60))
def test_mentions_are_exact_and_in_order(prose: str) -> None:
    position = 0
    for mention in LawNames(NAMES).mentions(prose):
        assert position <= mention.start < mention.end <= len(prose)
        assert prose[mention.start : mention.end] in NAMES[mention.law]
        before, after = prose[mention.start - 1 : mention.start], prose[mention.end : mention.end + 1]
        assert not before.isalnum()
        assert not after.isalnum()
        position = mention.end
