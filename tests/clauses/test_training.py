"""Which sentences of labelled paragraphs are learned from, and which thresholds are chosen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clauses.training.labels import Labels
from clauses.training.speaking import speaking
from clauses.training.thresholds import GRID, thresholds

MOST = 4


@st.composite
def judged(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, Labels]:
    """Paragraphs of one to four sentences, of two types or unsure, and margins of the sentences."""
    sizes = draw(st.lists(st.integers(1, MOST), min_size=1, max_size=8))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    marks = st.lists(st.sampled_from([0, 1]), min_size=2 * len(sizes), max_size=2 * len(sizes))
    truth = np.array(draw(marks), np.int8).reshape(-1, 2)
    unsure = np.array(draw(marks), np.bool_).reshape(-1, 2)
    margins = np.random.default_rng(draw(st.integers(0, 99))).normal(size=(len(owner), 2))
    names = [str(place) for place in range(len(sizes))]
    return margins, owner, Labels(list(range(len(sizes))), ["a", "b"], names, [], truth, unsure, np.array(names))


@given(judged())
def test_one_sentence_of_each_sure_paragraph_speaks_and_no_more_stand_against(
    case: tuple[np.ndarray, np.ndarray, Labels],
) -> None:
    margins, owner, labels = case
    several = np.bincount(owner)[owner] > 1
    for column, found in enumerate(speaking(margins, owner, labels)):
        says, sounds = found.places[found.answer == 1], found.places[found.answer == 0]
        usable = several & ~labels.unsure[owner, column]
        of_type = labels.truth[owner, column] == 1
        assert set(owner[says]) == set(owner[usable & of_type])
        assert len(says) == len(set(owner[says]))
        assert len(sounds) <= len(says)
        assert (usable & ~of_type)[sounds].all()
        for place in says:
            assert margins[place, column] == margins[owner == owner[place], column].max()
        left = np.setdiff1d(np.flatnonzero(usable & ~of_type), sounds)
        if len(left) and len(sounds):
            assert margins[sounds, column].min() >= margins[left, column].max()


@given(st.integers(0, 999), st.integers(1, 3))
def test_one_type_gets_the_threshold_of_its_best_f1_and_unsure_pairs_say_nothing(seed: int, types: int) -> None:
    chance = np.random.default_rng(seed)
    truth = (chance.random((40, types)) < 0.4).astype(np.int8)
    truth[0] = 1
    margins = truth + chance.normal(size=truth.shape)
    unsure = chance.random(truth.shape) < 0.2
    unsure[0] = False
    chosen = thresholds(margins, truth, unsure)
    assert ((chosen >= GRID[0]) & (chosen <= GRID[-1])).all()
    assert (chosen == thresholds(np.where(unsure, 9.0, margins), np.where(unsure, 1 - truth, truth), unsure)).all()
    if types == 1:
        kept = ~unsure

        def f1(threshold: float) -> float:
            found = (margins > threshold) & kept
            return float(2 * (found & (truth == 1)).sum() / (found.sum() + ((truth == 1) & kept).sum()))

        assert np.isclose(f1(float(chosen[0])), max(f1(float(threshold)) for threshold in GRID))
