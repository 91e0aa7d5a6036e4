"""What a lawyer would say makes a passage one of a type: rules beside the words, read from clauses/data/rules.yaml.

A rule is tried only where a word begins as its gate says. What a rule is worth is learned, not set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clauses.text.needed import Literals, Ways, possible
from platforms.data_files import read_yaml

RULES = Path(__file__).resolve().parent.parent / "data" / "rules.yaml"
ALWAYS = "^"
"""The gate of a rule that is tried everywhere."""
_WITHIN = {"~~": "[^.;!?]{0,110}?", "~": "[^.;!?]{0,45}?"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `gate` holds, by their bits, the beginnings of words one of which must occur; `ways` what else must."""

    gate: int
    says: re.Pattern[str]
    ways: Ways


_LITERALS = Literals()


@cache
def rules_of() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each type, in the order of the file."""
    data = read_yaml(RULES)
    return {slug: tuple(_rule(row, data["words"]) for row in rows) for slug, rows in data["rules"].items()}


def opened(said: str) -> int:
    """Return which gates of rules stand open in plain lower-case words, and what else of the rules occurs, as bits."""
    rules_of()
    return _LITERALS.of({*said.split()}) | _LITERALS.beginnings([ALWAYS])


def held(clause_type: str, said: str, open_: int) -> dict[int, str]:
    """Return the numbers of the rules of a type that hold of words, with the words of which they hold."""
    hits = {}
    for number, rule in enumerate(rules_of().get(clause_type, ())):
        if open_ & rule.gate and possible(rule.ways, open_):
            found = rule.says.search(said)
            if found:
                hits[number] = found.group(0)
    return hits


def _rule(row: str, names: dict[str, str]) -> Rule:
    gate, pattern = row.split(" :: ", 1)
    pattern = re.sub(r"<(\w+)>", lambda name: names[name[1]], pattern)
    for mark, within in _WITHIN.items():
        pattern = pattern.replace(mark, within)
    says = re.compile(pattern)
    return Rule(_LITERALS.beginnings(gate.split()), says, _LITERALS.ways(says))
