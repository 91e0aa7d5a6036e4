"""Finds passages that stand elsewhere than before, in the same words or nearly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Indel

from changes.text.words import FoldedWords

LEAST_WORDS = 8
"""A shorter passage moves only along with a neighbour: "Contact us" removed here and added there is no move."""
MOST_WORDS = 2_000
"""A longer passage is looked for in the same words alone: comparing such lines by all their words takes too long."""
SIMILARITY = 0.8
"""Similarity in words (twice the shared ones, by all) from which a removed and an added passage are one that moved."""
_RARE = 5
"""A word that occurs in more of the added passages says nothing about which of them a removed one became."""
_CANDIDATES = 3


def same_words(
    removed: Iterable[int], added: Iterable[int], old: Sequence[str], new: Sequence[str], folded: FoldedWords
) -> dict[int, int]:
    """Return, for old passages that stand elsewhere in the same words, where. Repeated ones are paired in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in added:
        places[new[j]].append(j)
    moved: dict[int, int] = {}
    taken: Counter[str] = Counter()
    for i in removed:
        here = places.get(old[i])
        if here and taken[old[i]] < len(here) and len(folded.of(old[i])) >= LEAST_WORDS:
            moved[i] = here[taken[old[i]]]
            taken[old[i]] += 1
    return moved


def similar_words(
    removed: Iterable[int], added: Iterable[int], old: Sequence[str], new: Sequence[str], folded: FoldedWords
) -> dict[int, int]:
    """Return, for old passages that stand elsewhere in nearly the same words, where.

    Only passages that share a rare word are compared, those that share most first.
    """
    before = _long_ones(removed, old, folded)
    after = _long_ones(added, new, folded)
    where: dict[str, list[int]] = defaultdict(list)
    for j, words in after.items():
        for word in set(words):
            where[word].append(j)
    rare = {word: places for word, places in where.items() if len(places) <= _RARE}
    pairs: list[tuple[float, int, int]] = []
    for i, words in before.items():
        shared: Counter[int] = Counter()
        for word in rare.keys() & words:
            shared.update(rare[word])
        for j, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
            similarity = Indel.normalized_similarity(words, after[j], score_cutoff=SIMILARITY)
            if similarity >= SIMILARITY:
                pairs.append((-similarity, i, j))
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return moved


def with_neighbours(
    moved: Mapping[int, int], removed: Iterable[int], added: Iterable[int], old: Sequence[str], new: Sequence[str]
) -> dict[int, int]:
    """Return the moves with the equal passages, however short, that went along before and after them."""
    left, free = set(removed) - set(moved), set(added) - set(moved.values())
    whole = dict(moved)
    for i, j in moved.items():
        for step in (-1, 1):
            m, n = i + step, j + step
            while m in left and n in free and old[m] == new[n]:
                whole[m] = n
                left.remove(m)
                free.remove(n)
                m, n = m + step, n + step
    return whole


def _long_ones(places: Iterable[int], passages: Sequence[str], folded: FoldedWords) -> dict[int, list[str]]:
    words = {place: folded.of(passages[place]) for place in places}
    return {place: found for place, found in words.items() if LEAST_WORDS <= len(found) <= MOST_WORDS}
