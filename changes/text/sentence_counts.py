"""Counts the sentences that one passage gained, lost and changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from clauses.text.matching import normal_words
from clauses.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Sentences:
    """How many sentences were added, removed and reworded."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __add__(self, other: Sentences) -> Sentences:
        return Sentences(self.added + other.added, self.removed + other.removed, self.changed + other.changed)

    @property
    def any(self) -> bool:
        """Tell whether there is any."""
        return bool(self.added or self.removed or self.changed)


def sentences_of(old: str, new: str) -> Sentences:
    """Return what changed between two wordings of one passage; empty is a passage that is not there.

    Sentences with the same words are the same, wherever they stand. Of the others as many as both sides have are
    reworded; what one side has more of is added or removed.
    """
    before, since = _counted(old), _counted(new)
    gone, came = sum((before - since).values()), sum((since - before).values())
    changed = min(gone, came)
    return Sentences(came - changed, gone - changed, changed)


def _counted(words: str) -> Counter[str]:
    return Counter(normal for start, end in sentences(words) if (normal := normal_words(words[start:end])))
