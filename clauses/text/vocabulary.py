"""Turns words into numbers of known features without spelling the features out: what `features` names, faster."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from clauses.text.concepts import PREFIX, REACH, SENTENCE_END, idea_of, words_of
from clauses.text.features import TOKEN, stem

MOST_WORDS = 200_000
"""Words remembered; beyond, each is worked out anew."""


class _Numbers(dict[str, int]):
    """Numbers of words, each worked out once."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, word: str) -> int:
        number = self._number_of(word)
        if len(self) < MOST_WORDS:
            self[word] = number
        return number


class Vocabulary:
    """The known features by number. `numbers` gives those that `features` would name, with repetitions."""

    def __init__(self, names: list[str]) -> None:
        places = {name: place for place, name in enumerate(names)}
        self._single: list[int] = []
        self._heading = {name[2:]: place for name, place in places.items() if name.startswith("h:")}
        self._stems: dict[str, int] = {}
        self._words = _Numbers(lambda word: self._stems.get(stem(word), -1))
        self._pairs: dict[int, int] = {}
        self._ideas: dict[str, int] = {}
        self._idea_words = _Numbers(lambda word: self._ideas.get(idea_of(word), -1))
        self._after: list[dict[int, int]] = []
        self._size = len(names) + 1
        for name, place in places.items():
            if name.startswith(PREFIX):
                first, second = name[len(PREFIX) :].split(">")
                self._after[self._idea(first)][self._idea(second)] = place
            elif not name.startswith("h:"):
                parts = [self._stem(part) for part in name.split(" ")]
                if len(parts) == 1:
                    self._single[parts[0]] = place
                else:
                    self._pairs[parts[0] * self._size + parts[1]] = place

    def numbers(self, said: str, heading: str) -> list[int]:
        """Return the numbers of the known features of plain lower-case words under a plain lower-case heading."""
        single, pairs, size = self._single, self._pairs, self._size
        stems = list(map(self._words.__getitem__, TOKEN.findall(said)))
        found = [single[stem] for stem in stems if stem >= 0 and single[stem] >= 0]
        found += [pairs[key] for key in [a * size + b for a, b in pairwise(stems)] if key in pairs]
        if heading:
            named = (stem(word) for word in TOKEN.findall(heading))
            found += [self._heading[name] for name in named if name in self._heading]
        return found + self._idea_numbers(said)

    def _idea_numbers(self, said: str) -> list[int]:
        found: list[int] = []
        word_number = self._idea_words.__getitem__
        for sentence in SENTENCE_END.split(said):
            ideas = [idea for idea in map(word_number, words_of(sentence)) if idea >= 0]
            for place, first in enumerate(ideas):
                after = self._after[first]
                found += [after[second] for second in ideas[place + 1 : place + 1 + REACH] if second in after]
        return found

    def _stem(self, name: str) -> int:
        if name not in self._stems:
            self._stems[name] = len(self._stems)
            self._single.append(-1)
        return self._stems[name]

    def _idea(self, name: str) -> int:
        if name not in self._ideas:
            self._ideas[name] = len(self._ideas)
            self._after.append({})
        return self._ideas[name]
