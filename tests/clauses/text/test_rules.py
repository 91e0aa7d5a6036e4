"""Rules, ideas and trees that the reader's model weighs."""

from __future__ import annotations

import numpy as np
import pytest

from clauses.knowledge import DATA
from clauses.text.concepts import idea_pairs
from clauses.text.evidence import RULE_PLACES
from clauses.text.rules import held, opened, rules_of
from clauses.text.trees import Trees
from platforms.data_files import read_yaml


def test_every_type_has_rules_and_none_more_than_the_model_has_places() -> None:
    taxonomy = read_yaml(DATA / "taxonomy.yaml")
    slugs = {clause_type["slug"] for category in taxonomy["categories"] for clause_type in category["types"]}
    assert set(rules_of()) == slugs
    assert all(0 < len(rules) <= RULE_PLACES for rules in rules_of().values())


@pytest.mark.parametrize(
    ("slug", "words", "expected"),
    [
        ("account-termination", "we may suspend or terminate your account without notice.", True),
        ("account-termination", "our parcels are packed in cardboard.", False),
        ("sale-of-personal-data", "we do not sell personal information.", True),
        ("class-action-waiver", "you waive the right to a trial by jury.", True),
        ("class-action-waiver", "disputes go to the courts of oslo.", False),
        ("minimum-age", "you must be at least 16 years old to use the app.", True),
    ],
)
def test_a_rule_holds_where_a_lawyer_would_say_so(slug: str, words: str, *, expected: bool) -> None:
    assert bool(held(slug, words, opened(words))) is expected


def test_a_rule_is_not_tried_where_its_gate_is_shut() -> None:
    words = "we may suspend or terminate your account."
    assert held("account-termination", words, opened(words))
    assert held("account-termination", words, opened("")) == {}


def test_ideas_stand_for_many_words_and_keep_their_order_within_a_sentence() -> None:
    assert "c:we>share" in idea_pairs("we disclose it")
    assert "c:we>share" in idea_pairs("our company has transferred it")
    assert "c:share>we" not in idea_pairs("we disclose it")
    assert idea_pairs("we know. they disclose it") == []


def test_trees_add_the_leaf_that_each_row_falls_into() -> None:
    # Two trees: the first asks whether column 0 is at most 1, the second is a single leaf.
    trees = Trees(
        roots=np.array([0, 3], np.int32),
        feature=np.array([0, 0, 0, 0], np.int16),
        threshold=np.array([1.0, 0.0, 0.0, 0.0]),
        left=np.array([1, 1, 2, 3], np.int32),
        right=np.array([2, 1, 2, 3], np.int32),
        value=np.array([0.0, -2.0, 3.0, 0.25]),
        depth=1,
        baseline=1.0,
    )
    assert trees.margins(np.array([[1.0], [1.5]])).tolist() == [-0.75, 4.25]
    assert trees.margins(np.zeros((0, 1))).shape == (0,)
