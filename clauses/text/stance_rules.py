"""The words by which stances are told, read from clauses/data/stances.yaml, which says what each row is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from platforms.data_files import read_yaml

STANCES = Path(__file__).resolve().parent.parent / "data" / "stances.yaml"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rows of the data file, compiled."""

    scores: dict[str, float]
    disputed: frozenset[str]
    negation: re.Pattern[str]
    negation_after: re.Pattern[str]
    no_negation: re.Pattern[str]
    no_consent: re.Pattern[str]
    refusal: re.Pattern[str]
    purposes: re.Pattern[str]
    lasting: re.Pattern[str]
    appeal: re.Pattern[str]
    following: re.Pattern[str]
    clause_end: re.Pattern[str]
    exception: re.Pattern[str]
    consent: re.Pattern[str]
    opt_out: re.Pattern[str]
    rights: re.Pattern[str]
    despite_rights: dict[str, re.Pattern[str]]
    despite_denial: dict[str, re.Pattern[str]]
    choice: re.Pattern[str]
    readers: re.Pattern[str]
    others: dict[str, re.Pattern[str]]
    doer: re.Pattern[str]
    firm: re.Pattern[str]
    own: re.Pattern[str]
    minors: re.Pattern[str]
    link_text: re.Pattern[str]
    legal: re.Pattern[str]
    not_legal_alone: re.Pattern[str]
    still_sold: re.Pattern[str]
    loose: re.Pattern[str]
    partial: re.Pattern[str]
    acts: dict[str, re.Pattern[str]]
    topics: dict[str, re.Pattern[str]]
    affirms: dict[str, re.Pattern[str]]
    denials: dict[str, re.Pattern[str]]
    does_anyway: dict[str, re.Pattern[str]]
    no_stance: dict[str, re.Pattern[str]]
    settled: dict[str, re.Pattern[str]]
    settled_conditions: dict[str, re.Pattern[str]]
    settled_doubt: dict[str, re.Pattern[str]]
    settled_still: re.Pattern[str]
    settled_part: re.Pattern[str]


@cache
def rules() -> Rules:
    """Return the rules of the data file."""
    rows: dict[str, Any] = read_yaml(STANCES)
    made: dict[str, Any] = {"scores": rows.pop("scores"), "disputed": frozenset(rows.pop("disputed"))}
    for name, row in rows.items():
        made[name] = {key: _compiled(one) for key, one in row.items()} if isinstance(row, dict) else _compiled(row)
    return Rules(**made)


def _compiled(pattern: str | list[str]) -> re.Pattern[str]:
    return re.compile(pattern if isinstance(pattern, str) else "|".join(pattern), re.IGNORECASE)
