"""Sees words as ideas: `share`, `sell` and `third` rather than their many spellings, and which idea follows which."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from platforms.data_files import read_yaml

CONCEPTS = Path(__file__).resolve().parent.parent / "data" / "concepts.yaml"
PREFIX = "c:"
"""What the name of a pair of ideas begins with, among the features."""
REACH = 5
"""How many ideas further on a pair may end."""
SHORT = 4
"""A word of at least so many letters stands for all that begin with it."""
SENTENCE_END = re.compile(r"[.;!?]\s")
_WORD = re.compile(r"[a-z][a-z'-]*")


def idea_pairs(said: str) -> list[str]:
    """Return the pairs of ideas of plain lower-case words, in the order said, within sentences, with repetitions."""
    pairs = []
    for sentence in SENTENCE_END.split(said):
        ideas = [idea for idea in map(idea_of, words_of(sentence)) if idea]
        for place, first in enumerate(ideas):
            pairs += [f"c:{first}>{second}" for second in ideas[place + 1 : place + 1 + REACH] if second != first]
    return pairs


def words_of(sentence: str) -> list[str]:
    """Return the words that may stand for ideas."""
    return _WORD.findall(sentence)


@lru_cache(maxsize=100_000)
def idea_of(word: str) -> str:
    """Return the idea that a word stands for, or nothing."""
    short, long = _lexicon()
    if word in short:
        return short[word]
    beginnings = (word[:length] for length in range(len(word), SHORT - 1, -1))
    return next((long[beginning] for beginning in beginnings if beginning in long), "")


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    words = [(word, idea) for idea, row in read_yaml(CONCEPTS).items() for word in row.split()]
    short = {word: idea for word, idea in words if len(word) <= SHORT}
    return short, {word: idea for word, idea in reversed(words) if len(word) >= SHORT}
