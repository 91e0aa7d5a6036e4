"""What an expression needs is in all that it matches: whoever looks for that first misses nothing."""

from __future__ import annotations

import random
import re
from dataclasses import fields
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.knowledge import DATA
from clauses.text.needed import Literals, is_within_sentences, possible
from clauses.text.passages import passage
from clauses.text.rules import held, opened, rules_of
from clauses.text.spoken import spoken
from clauses.text.stance_rules import Sought, rules
from platforms.data_files import read_yaml

WRITTEN = 80
PATTERNS = [
    r"\bno\b|\bnot(?! only)\b",
    r"(?:we|you) (?:sell|share)s?",
    r"don't|do[- ]not|\bas[- ]is",
    r"(?<!un)safe(?:ly)?\b[.;]",
    r"(?:a|an) (?:re)?fund(?:s|ed)? (?:is|are){1,2} due",
    r"\w+ed by|opt(?:ing)?[- ]?out",
    r"(?:data)?|nothing needed",
]
WORDS = ["no", "not", "note", "We", "you", "SELL", "shares", "don't", "do-not", "as-is", "unsafe", "safely.", "safe;"]
MORE = ["an", "a", "refunds", "fund", "is", "are", "due", "Opting-out", "signed", "by", "dataset", "nothing", "needed"]


@cache
def written() -> list[str]:
    """Return passages written for this project, drawn by chance."""
    rows = [row["text"] for path in sorted((DATA / "sentences").glob("*.yaml")) for row in read_yaml(path)]
    return random.Random(1).sample(rows, WRITTEN)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(st.lists(st.sampled_from([*WORDS, *MORE]), max_size=8).map(" ".join))
def test_nothing_that_matches_is_missed(pattern: str, words: str) -> None:
    literals = Literals()
    compiled = re.compile(pattern)
    ways = literals.ways(compiled)
    if compiled.search(words.lower()):
        assert possible(ways, literals.of(words.split()))


def test_a_word_that_was_looked_at_is_looked_at_again_once_more_is_sought() -> None:
    literals = Literals()
    literals.ways(re.compile(r"\bsell"))
    literals.of(["share"])
    ways = literals.ways(re.compile(r"\bshare"))
    assert possible(ways, literals.of(["share"]))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bwe (?:may|can)[^.;!?]{0,45}?(?:share|sell)s?\b", True),
        (r"[\w'-]+ed \s*by", True),
        (r"we share\.", False),
        (r"we.{0,9}share", False),
        (r"we[^.]{0,9}share", False),
        (r"we\W+share", False),
        (r"[ -/]share", False),
        (r"^we share", False),
        (r"share(?! it)", False),
        (r"we share$|data", False),
    ],
)
def test_an_expression_is_sought_in_sentences_only_where_no_match_leaves_one(pattern: str, *, expected: bool) -> None:
    assert is_within_sentences(re.compile(pattern)) is expected


def test_what_lacks_a_word_is_not_searched() -> None:
    literals = Literals()
    ways = literals.ways(re.compile(r"\bnot?\b.{0,20}\bsell"))
    assert possible(ways, literals.of(["we", "do", "not", "ever", "sell", "it"]))
    assert not possible(ways, literals.of(["we", "do", "not", "ever", "share", "it"]))


def test_the_rules_that_hold_are_those_that_match_where_their_gate_stands_open() -> None:
    gates = {
        slug: [row.split(" :: ", 1)[0].split() for row in rows]
        for slug, rows in read_yaml(DATA / "rules.yaml")["rules"].items()
    }
    for words in written():
        said = passage(words, "").said
        begun = {word[:end] for word in re.findall(r"[a-z0-9]+", said) for end in range(1, len(word) + 1)} | {"^"}
        for slug, some in rules_of().items():
            expected = {
                number: found.group(0)
                for number, rule in enumerate(some)
                if not begun.isdisjoint(gates[slug][number]) and (found := rule.says.search(said))
            }
            assert held(slug, said, opened(said)) == expected


def test_a_stance_is_sought_as_if_every_expression_were_tried_and_case_ignored() -> None:
    sought = [
        one
        for field in fields(rules())
        for row in [getattr(rules(), field.name)]
        for one in (row.values() if isinstance(row, dict) else [row])
        if isinstance(one, Sought)
    ]
    assert len(sought) > len(fields(rules())) / 2
    for one in sought:
        plainly = re.compile(one.pattern, re.IGNORECASE)
        for words in written()[: WRITTEN // 8]:
            for said in spoken(words):
                assert [found.span() for found in one.finditer(said)] == [f.span() for f in plainly.finditer(said)]
                assert (one.search(said) is None) == (plainly.search(said) is None)
