"""Turns words into numbers of known features without spelling the features out: what `features` names, faster.

A word here is what stands between two blanks. What each says is worked out once; a text is then arrays of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from clauses.text.concepts import PREFIX, REACH, idea_of, words_of
from clauses.text.features import TOKEN, stem

MOST_WORDS = 200_000
"""Words remembered; beyond, each is worked out anew."""
LONGEST_WORD = 60
"""A longer one is not remembered."""
_ENDS = (".", ";", "!", "?")
"""What ends a sentence within which one idea follows another (clauses.text.concepts.SENTENCE_END)."""

Word = tuple[tuple[int, ...], tuple[int, ...], bool]
"""The numbers of the stems and the ideas of a word, and whether it ends a sentence."""
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Known features where they occur: by the place of the first and the last word of each."""

    first: Numbers
    last: Numbers
    feature: Numbers

    def within(self, row: Numbers) -> tuple[Numbers, Numbers]:
        """Return row and feature of what lies within one row, where each word has the number of its row, or -1."""
        rows = row[self.first]
        inside = (rows >= 0) & (rows == row[self.last])
        return rows[inside], self.feature[inside]


class Vocabulary:
    """The known features by number."""

    def __init__(self, names: list[str]) -> None:
        self._stems: dict[str, int] = {}
        self._ideas: dict[str, int] = {}
        self._words: dict[str, Word] = {}
        self._heading = {name[2:]: place for place, name in enumerate(names) if name.startswith("h:")}
        single: list[tuple[int, ...]] = []
        pairs: list[tuple[int, ...]] = []
        after: list[tuple[int, int, int]] = []
        for place, name in enumerate(names):
            if name.startswith(PREFIX):
                first, second = (self._ideas.setdefault(idea, len(self._ideas)) for idea in name[2:].split(">"))
                after.append((first, second, place))
            elif not name.startswith("h:"):
                stems = [self._stems.setdefault(part, len(self._stems)) for part in name.split(" ")]
                (single if len(stems) == 1 else pairs).append((*stems, place))
        self._size = len(self._stems) + 1
        self._single = np.full(self._size, -1)
        self._single[[stem for stem, _ in single]] = [place for _, place in single]
        self._after = np.full((len(self._ideas) + 1, len(self._ideas) + 1), -1)
        for first, second, place in after:
            self._after[first, second] = place
        keys = sorted((first * self._size + second, place) for first, second, place in pairs)
        self._pair_keys = np.array([key for key, _ in keys], np.int64)
        self._pair_places = np.array([place for _, place in keys], np.int64)

    def heading(self, heading: str) -> list[int]:
        """Return the numbers of the known features of a plain lower-case heading, with repetitions."""
        named = (stem(word) for word in TOKEN.findall(heading))
        return [self._heading[name] for name in named if name in self._heading]

    def occurrences(self, words: Sequence[str], text: Numbers) -> Occurrences:
        """Return the known features of words, lower case, where each has the number of the text that it is of."""
        numbers = dict(zip(dict.fromkeys(words), range(len(words)), strict=False))
        place = np.fromiter(map(numbers.__getitem__, words), np.int64, len(words))
        known = [self._words.get(word) or self._look(word) for word in numbers]
        ends = np.fromiter((ends for _, _, ends in known), np.bool_, len(known))[place]
        sentence = np.cumsum(ends) - ends + text * (len(words) + 1)
        stem_at, stems = _laid_out([stems for stems, _, _ in known], place)
        idea_at, ideas = _laid_out([ideas for _, ideas, _ in known], place)
        found = [(stem_at, stem_at, self._single[stems])]
        if len(stems) and len(self._pair_keys):
            keys = np.where((stems[:-1] >= 0) & (stems[1:] >= 0), stems[:-1] * self._size + stems[1:], -1)
            near = np.minimum(np.searchsorted(self._pair_keys, keys), len(self._pair_keys) - 1)
            pairs = np.where(self._pair_keys[near] == keys, self._pair_places[near], -1)
            found.append((stem_at[:-1], stem_at[1:], pairs))
        for step in range(1, REACH + 1):
            one, other = idea_at[:-step], idea_at[step:]
            after = np.where(sentence[one] == sentence[other], self._after[ideas[:-step], ideas[step:]], -1)
            found.append((one, other, after))
        first, last, feature = (np.concatenate([some[column] for some in found]) for column in range(3))
        kept = feature >= 0
        return Occurrences(first[kept], last[kept], feature[kept])

    def _look(self, word: str) -> Word:
        """Look at a word for the first time."""
        stems = tuple(self._stems.get(stem(part), -1) for part in TOKEN.findall(word))
        ideas = tuple(self._ideas[idea] for idea in map(idea_of, words_of(word)) if idea in self._ideas)
        looked = stems, ideas, word.endswith(_ENDS)
        if len(word) <= LONGEST_WORD and len(self._words) < MOST_WORDS:
            self._words[word] = looked
        return looked


def _laid_out(numbers: Sequence[tuple[int, ...]], place: Numbers) -> tuple[Numbers, Numbers]:
    """Return the numbers of words one after the other, each with the place of its word in the text."""
    counts = np.fromiter(map(len, numbers), np.int64, len(numbers))
    flat = np.fromiter(chain.from_iterable(numbers), np.int64)
    here = counts[place]
    at = np.repeat(np.arange(len(place)), here)
    starts = (np.cumsum(counts) - counts)[place]
    within = np.arange(len(at)) - np.repeat(np.cumsum(here) - here, here)
    return at, flat[starts[at] + within]
