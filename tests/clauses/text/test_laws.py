"""Laws are found where they are named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.laws import LawNames

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
