"""Tells whether a rewording is one that matters by rule: numbers, words of duty and choice, or many words."""

from __future__ import annotations

import re
from collections.abc import Sequence

MANY_WORDS = 10
"""From so many words struck and written in all, a rewording matters whatever they are."""
_WEIGHTY = (
    "must shall may might can cannot will won't wouldn't not no never none nor only unless except without always any"
    " all every each either agree consent waive opt choose refuse require required prohibit prohibited forbid entitled"
    " right rights liable liability sole solely discretion irrevocable perpetual exclusive free fee fees"
)
WEIGHTY = frozenset(_WEIGHTY.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def is_weighty(rewording: Sequence[str]) -> bool:
    """Tell whether any of the runs that were struck or written holds a number or a weighty word, or all are many."""
    words = [word.casefold().replace("’", "'") for run in rewording for word in _WORD.findall(run)]
    return len(words) >= MANY_WORDS or any(word in WEIGHTY or word[0].isdigit() for word in words)
