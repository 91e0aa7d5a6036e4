"""The fast way to features names the same ones as the plain way, of paragraphs and of their sentences."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clauses.text.features import features
from clauses.text.linear import model
from clauses.text.passages import passage

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
    "don't.",
    "opt-out/notice;",
    "Data.”",
    "e.g.",
    ".",
]


@given(st.lists(st.lists(st.sampled_from(WORDS)).map(" ".join), max_size=4))
def test_the_features_found_are_the_known_ones_that_words_have(texts: list[str]) -> None:
    names = model().names
    passages = [passage(words, "") for words in texts]
    split = [one.said.split() for one in passages]
    starts = np.cumsum([0, *map(len, split)]).tolist()
    text = np.repeat(np.arange(len(split)), [len(some) for some in split])
    known = model().vocabulary.occurrences([word for some in split for word in some], text)
    sentences = [(start + a, start + b) for start, one in zip(starts, passages, strict=False) for a, b in one.spans]
    judged = [(start, start + len(some)) for start, some in zip(starts, split, strict=False)]
    for spans, expected in (
        (judged, [one.said for one in passages]),
        (sentences, [sentence for one in passages for sentence in one.sentences]),
    ):
        row = np.full(len(text), -1)
        for place, (start, end) in enumerate(spans):
            row[start:end] = place
        rows, numbers = known.within(row)
        for place, said in enumerate(expected):
            found = Counter(names[number] for number in numbers[rows == place])
            assert found == Counter(name for name in features(said, "") if name in _known())


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_the_features_of_a_heading_are_the_known_ones_that_it_has(heading: str) -> None:
    names = model().names
    found = [names[number] for number in model().vocabulary.heading(heading.lower())]
    assert found == [name for name in features("", heading.lower()) if name in _known()]


@cache
def _known() -> frozenset[str]:
    return frozenset(model().names)
