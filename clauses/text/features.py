"""Turns words into the features of the linear model: stems and pairs of stems, the heading's stems, pairs of ideas."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from clauses.text.concepts import idea_pairs

TOKEN = re.compile(r"[a-z]+|\d+")
_LONG_ENDING = re.compile(r"(?:ations?|ings?|ions?|ies|es|ed|s|y|e)$")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a crude stem; all numbers are one."""
    if word.isdigit():
        return "0"
    if len(word) > 5:
        return _LONG_ENDING.sub("", word)
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def features(said: str, heading: str) -> list[str]:
    """Return the features of plain lower-case words under a plain lower-case heading, with repetitions."""
    stems = [stem(word) for word in TOKEN.findall(said)]
    pairs = [f"{a} {b}" for a, b in pairwise(stems)]
    return stems + pairs + [f"h:{stem(word)}" for word in TOKEN.findall(heading)] + idea_pairs(said)
