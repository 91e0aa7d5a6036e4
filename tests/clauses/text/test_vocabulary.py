"""The fast way to features names the same ones as the plain way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.features import features
from clauses.text.linear import model

WORDS = [
    "we",
    "share",
    "your",
    "data",
    "with",
    "third",
    "parties",
    "never",
    "sell",
    "2",
    "13",
    "terminate",
    "don't",
    ".",
]


@given(st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join))
def test_the_numbers_are_those_of_the_known_features_that_words_have(said: str, heading: str) -> None:
    names = model().names
    places = {name: place for place, name in enumerate(names)}
    expected = [places[name] for name in features(said, heading) if name in places]
    assert sorted(model().vocabulary.numbers(said, heading)) == sorted(expected)
