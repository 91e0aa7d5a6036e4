"""Matches what a reader found to the clauses that are known already, so that re-reading keeps identities (rule 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from clauses.text.found import Found
from platforms.text.words import words_of

OVERLAP = 0.5
"""Share of a found passage that must lie within a known one of the same version."""
SIMILARITY = 0.6
"""Similarity (rapidfuzz ratio of the normalised words) from which a reworded passage is the same clause."""


@dataclass(frozen=True, slots=True)
class KnownPassage:
    """A passage of the same version that an earlier reading anchored."""

    clause: int
    found_as: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownWording:
    """A wording of a clause, in any version."""

    clause: int
    found_as: str
    normal: str
    heading: str


def normal_words(words: str) -> str:
    """Return the words and digits of a passage, markup, case and punctuation aside."""
    return " ".join(word for line in words.split("\n") for word in words_of(line))


def match(
    found: Sequence[Found], passages: Sequence[KnownPassage], wordings: Sequence[KnownWording]
) -> list[int | None]:
    """Return for each found passage the clause it belongs to, or None for a new one.

    In order: overlap of half or more with a clause's passage in this version (of the same type first, then of any
    type whose own words were not found again, which goes to one type alone), the same normalised words, the same type
    and heading with a similarity of 0.6 or more.
    """
    by_words: dict[tuple[str, str], int] = {(w.found_as, w.normal): w.clause for w in reversed(wordings)}
    by_place: dict[tuple[str, str], list[KnownWording]] = defaultdict(list)
    for wording in wordings:
        by_place[wording.found_as, wording.heading].append(wording)
    normal = [normal_words(one.words) for one in found]
    matched: list[int | None] = [_overlapping(one, passages, same_type=True) for one in found]
    seen = {clause for clause in matched if clause is not None}
    left = [passage for passage in passages if passage.clause not in seen]
    became: dict[int, str] = {}
    for place, one in enumerate(found):
        if matched[place] is None and left:
            free = [passage for passage in left if became.get(passage.clause, one.type) == one.type]
            matched[place] = clause = _overlapping(one, free, same_type=False)
            if clause is not None:
                became[clause] = one.type
        if matched[place] is None:
            matched[place] = by_words.get((one.type, normal[place]))
        if matched[place] is None:
            matched[place] = _similar(normal[place], by_place[one.type, one.heading])
    return matched


def _overlapping(one: Found, passages: Sequence[KnownPassage], *, same_type: bool) -> int | None:
    best, clause = OVERLAP * (one.end - one.start), None
    for passage in passages:
        if same_type and passage.found_as != one.type:
            continue
        shared = min(one.end, passage.end) - max(one.start, passage.start)
        if shared >= best and shared > 0:
            best, clause = shared + 0.5, passage.clause
    return clause


def _similar(normal: str, wordings: Sequence[KnownWording]) -> int | None:
    best, clause = SIMILARITY * 100, None
    for wording in wordings:
        score = fuzz.ratio(normal, wording.normal, score_cutoff=best)
        if score >= best and (clause is None or score > best):
            best, clause = score, wording.clause
    return clause
