"""How hard a piece of prose is to read, by the Flesch-Kincaid grade level.

0.39 x words per sentence + 11.8 x syllables per word - 15.59: years of school in the United States (Kincaid, Fishburne,
Rogers and Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel, 1975). Syllables are counted by
a rule of thumb for English: groups of vowels, a silent e at the end left out.
"""

from __future__ import annotations

import re

from clauses.text.sentences import sentences

HIGHEST_GRADE = 12
"""Above it a check warns: it asks for more than the last year of school."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouysxzcgh])es$")


def grade(prose: str) -> float:
    """Return the grade level of a piece of prose; 0 where it has no words."""
    words = _WORD.findall(prose)
    if not words:
        return 0.0
    parts = [part for part in (prose[start:end] for start, end in sentences(prose)) if _WORD.search(part)]
    return 0.39 * len(words) / max(1, len(parts)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Return about how many syllables an English word has; never less than one."""
    lower = word.lower()
    spoken = lower if lower.endswith("le") and len(lower) > 2 and lower[-3] not in "aeiouy" else _SILENT.sub("", lower)
    return max(1, len(_VOWELS.findall(spoken)))
