"""What a lawyer would say makes a passage one of a type: rules beside the words, read from clauses/data/rules.yaml.

A rule is tried only where a word begins as its gate says. What a rule is worth is learned, not set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from pathlib import Path

from clauses.text.needed import LITERALS, STOPS, Ways, is_within_sentences, possible
from platforms.data_files import read_yaml

RULES = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"
ALWAYS = "^"
"""The gate of a rule that is tried everywhere."""
_STOP = re.compile(rf"[{STOPS}](?= )")
_WITHIN = {"~~": "[^.;!?]{0,110}?", "~": "[^.;!?]{0,45}?"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `gate` holds, by their bits, the beginnings of words one of which must occur; `ways` what else must.

    What matches `is_within_sentences` lies between two stops, so that sentences without what it needs are passed over.
    """

    gate: int
    says: re.Pattern[str]
    ways: Ways
    is_within_sentences: bool

    def search(self, said: str, opened: Opened) -> re.Match[str] | None:
        """Return the first match in words of which is known what they hold."""
        if not opened.all & self.gate or not possible(self.ways, opened.all):
            return None
        if not self.is_within_sentences:
            return self.says.search(said)
        for bits, start, end in opened.sentences:
            if possible(self.ways, bits) and (found := self.says.search(said, start, end)):
                return found
        return None


@dataclass(frozen=True, slots=True)
class Opened:
    """What of the gates and the rules occurs in words, as bits: in all of them, and in each sentence from and to."""

    all: int
    sentences: tuple[tuple[int, int, int], ...]


@cache
def rules_of() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each type, in the order of the file."""
    data = read_yaml(RULES)
    return {slug: tuple(_rule(row, data["words"]) for row in rows) for slug, rows in data["rules"].items()}


def opened(said: str) -> Opened:
    """Return which gates of rules stand open in plain lower-case words, and what else of the rules occurs."""
    rules_of()
    ends = [*(found.end() for found in _STOP.finditer(said)), len(said)]
    spans = pairwise([0, *ends])
    sentences = tuple((LITERALS.of(said[start:end].split()), start, end) for start, end in spans)
    return Opened(reduce(or_, (bits for bits, _, _ in sentences), LITERALS.beginnings([ALWAYS])), sentences)


def held(clause_type: str, said: str, open_: Opened) -> dict[int, str]:
    """Return the numbers of the rules of a type that hold of words, with the words of which they hold."""
    hits = {}
    for number, rule in enumerate(rules_of().get(clause_type, ())):
        if found := rule.search(said, open_):
            hits[number] = found.group(0)
    return hits


def _rule(row: str, names: dict[str, str]) -> Rule:
    gate, pattern = row.split(" :: ", 1)
    pattern = re.sub(r"<(\w+)>", lambda name: names[name[1]], pattern)
    for mark, within in _WITHIN.items():
        pattern = pattern.replace(mark, within)
    says = re.compile(pattern)
    return Rule(LITERALS.beginnings(gate.split()), says, LITERALS.ways(says), is_within_sentences(says))
