"""What a lawyer would say makes a passage one of a type: rules beside the words, read from clauses/data/rules.yaml.

A rule is tried only where a word begins as its gate says. What a rule is worth is learned, not set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from platforms.data_files import read_yaml

RULES = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"
ALWAYS = "^"
"""The gate of a rule that is tried everywhere."""
_WITHIN = {"~~": "[^.;!?]{0,110}?", "~": "[^.;!?]{0,45}?"}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `gate` holds the beginnings of words one of which must occur."""

    gate: tuple[str, ...]
    says: re.Pattern[str]


@cache
def rules_of() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each type, in the order of the file."""
    data = read_yaml(RULES)
    return {slug: tuple(_rule(row, data["words"]) for row in rows) for slug, rows in data["rules"].items()}


def opened(said: str) -> frozenset[str]:
    """Return the beginnings of words, among the gates of all rules, that occur in plain lower-case words."""
    gates = {ALWAYS}
    for word in set(_WORD.findall(said)):
        gates.update(_gates_of(word))
    return frozenset(gates)


def held(clause_type: str, said: str, gates: frozenset[str]) -> dict[int, str]:
    """Return the numbers of the rules of a type that hold of words, with the words of which they hold."""
    hits = {}
    for number, rule in enumerate(rules_of().get(clause_type, ())):
        if not gates.isdisjoint(rule.gate):
            found = rule.says.search(said)
            if found:
                hits[number] = found.group(0)
    return hits


def _rule(row: str, names: dict[str, str]) -> Rule:
    gate, pattern = row.split(" :: ", 1)
    pattern = re.sub(r"<(\w+)>", lambda name: names[name[1]], pattern)
    for mark, within in _WITHIN.items():
        pattern = pattern.replace(mark, within)
    return Rule(tuple(gate.split()), re.compile(pattern))


@lru_cache(maxsize=100_000)
def _gates_of(word: str) -> tuple[str, ...]:
    gates = _all_gates()
    return tuple(word[:length] for length in range(1, len(word) + 1) if word[:length] in gates)


@cache
def _all_gates() -> frozenset[str]:
    return frozenset(gate for rules in rules_of().values() for rule in rules for gate in rule.gate)
