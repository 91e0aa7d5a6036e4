"""Tells what words do about the subject of their type: whether they do it, deny it, or do it on conditions.

Each sentence that has the act of the type in it votes; rights and choices about an act ("you may opt out of the
sale") do not say that it takes place, and have no vote. The words are in clauses/data/stances.yaml. Unsure is
unstated (rule 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from clauses.text.plain import plain
from clauses.text.sentences import sentences
from platforms.data_files import read_yaml

THRESHOLD = 0.6
"""A stance with a lower score is not given."""
STANCES = Path(__file__).resolve().parent.parent / "data" / "stances.yaml"
_REACH = 220
"""Code points that a negation reaches forward."""
_AHEAD = 100
_DOER = re.compile(r"\b(?:we|our|us|they|it|may|will|can|might|shall|do|does)\b", re.IGNORECASE)
_PART = re.compile(r";\s")


class Stance(StrEnum):
    """What words do about the subject of their type."""

    DOES = "does"
    CONDITIONAL = "conditional"
    DENIES = "denies"
    UNSTATED = "unstated"


_SALE = "sale-of-personal-data"
_SHARING = "data-sharing-with-third-parties"
_EXCEPTED = {
    _SHARING: Stance.DOES,
    "ai-training-on-user-content": Stance.CONDITIONAL,
}
"""What a denial with exceptions comes to, where the exceptions are the rule."""


@dataclass(frozen=True, slots=True)
class _Rules:
    negation: re.Pattern[str]
    negation_after: re.Pattern[str]
    no_negation: re.Pattern[str]
    clause_end: re.Pattern[str]
    exception: re.Pattern[str]
    consent: re.Pattern[str]
    opt_out: re.Pattern[str]
    rights: re.Pattern[str]
    despite_rights: dict[str, re.Pattern[str]]
    despite_denial: dict[str, re.Pattern[str]]
    choice: re.Pattern[str]
    link_text: re.Pattern[str]
    legal: re.Pattern[str]
    not_legal_alone: re.Pattern[str]
    still_sold: re.Pattern[str]
    partial: re.Pattern[str]
    settled_still: re.Pattern[str]
    acts: dict[str, re.Pattern[str]]
    topics: dict[str, re.Pattern[str]]
    affirms: dict[str, re.Pattern[str]]
    no_stance: dict[str, re.Pattern[str]]
    settled: dict[str, re.Pattern[str]]


def stance(words: str, clause_type: str) -> tuple[Stance, float]:
    """Return the stance of words (Markdown or plain) on a type, and how sure that is, from 0 to 1."""
    return stance_of(plain(words).replace("’", "'"), clause_type)


def stance_of(said: str, clause_type: str) -> tuple[Stance, float]:
    """Return the same for words that are plain already, with straight apostrophes."""
    rules = _rules()
    if denial := rules.settled.get(clause_type):
        if denial.search(said) and not rules.settled_still.search(said):
            return Stance.DENIES, 0.8
        return Stance.DOES, 0.9
    if clause_type not in rules.acts:
        return Stance.DOES, 0.9
    spoken = _spoken(said)
    votes = [(vote, one) for one in spoken if (vote := _vote(one, clause_type)) is not None]
    if not votes and clause_type not in rules.affirms and not any(_is_reserved(one) for one in spoken):
        return Stance.DOES, THRESHOLD
    return _settled(votes, clause_type)


def speaks_of(said: str, clause_type: str, taken: Stance) -> bool:
    """Tell whether a sentence itself takes a stance on a type."""
    return clause_type in _rules().acts and _vote(said, clause_type) == taken


def _settled(votes: list[tuple[Stance, str]], clause_type: str) -> tuple[Stance, float]:
    """Weigh the votes of sentences: does before conditional before denies, but a denial is never read as a practice."""
    given = [vote for vote, _ in votes]
    if not given:
        return Stance.UNSTATED, 0.0
    if len(set(given)) == 1:
        return given[0], 0.9
    if clause_type in _rules().affirms:
        denials = [one for vote, one in votes if vote == Stance.DENIES]
        if denials and not all(_rules().partial.search(one) for one in denials):
            return (Stance.UNSTATED, 0.5) if Stance.DOES in given else (Stance.CONDITIONAL, 0.6)
        return (Stance.DOES, 0.7) if Stance.DOES in given else (Stance.CONDITIONAL, 0.65)
    if Stance.DOES in given:
        mostly = given.count(Stance.DENIES) > 2 * given.count(Stance.DOES)
        return (Stance.UNSTATED, 0.5) if mostly else (Stance.DOES, 0.7)
    return Stance.CONDITIONAL, 0.65


def _parts(sentence: str) -> list[str]:
    """Return the parts of a series, each with the lead-in that governs them all."""
    first, *others = _PART.split(sentence)
    lead = first[: first.index(":") + 1][-_REACH:] if others and ":" in first else ""
    return [first, *(f"{lead} {other}" for other in others)]


def _is_reserved(sentence: str) -> bool:
    """Tell a sentence with a negation, a condition or a choice in it."""
    rules = _rules()
    return any(one.search(sentence) for one in (rules.negation, rules.consent, rules.rights))


def _vote(sentence: str, clause_type: str) -> Stance | None:
    """Return the stance of one sentence; None if it takes none."""
    rules = _rules()
    refused = rules.no_stance.get(clause_type)
    sentence = rules.link_text.sub(" ", sentence)
    acts = list(rules.acts[clause_type].finditer(sentence))
    topic = rules.topics.get(clause_type)
    if not acts or (topic is not None and not topic.search(sentence)):
        return None
    negated = [act for act in acts if _is_negated(sentence, act)]
    if negated and rules.choice.search(_clause_before(sentence, negated[0])):
        return None
    strict = clause_type in rules.affirms
    if negated and (strict or not any(_has_doer(sentence, act) for act in acts if act not in negated)):
        return _of_denial(sentence, negated[0], clause_type)
    if refused is not None and refused.search(sentence):
        return None
    affirms = rules.affirms.get(clause_type)
    if affirms is not None and not affirms.search(sentence):
        return None
    if rules.opt_out.search(sentence):
        return Stance.CONDITIONAL
    if rules.rights.search(sentence):
        despite = rules.despite_rights.get(clause_type)
        return Stance.DOES if despite is not None and despite.search(sentence) else None
    return Stance.CONDITIONAL if rules.consent.search(sentence) else Stance.DOES


def _has_doer(sentence: str, act: re.Match[str]) -> bool:
    """Tell an act that somebody is said to do, beside one that is denied."""
    return _DOER.search(_clause_before(sentence, act)) is not None


def _of_denial(sentence: str, act: re.Match[str], clause_type: str) -> Stance:
    """Tell a denial from one that takes itself back: "we do not share it except ..."."""
    rules = _rules()
    contrary = rules.despite_denial.get(clause_type)
    if contrary is not None and contrary.search(sentence):
        return Stance.DOES
    exception = rules.exception.search(sentence, act.end())
    if exception is None:
        return Stance.DENIES
    rest = sentence[exception.start() :]
    if rules.consent.search(rest) and not re.search(r"opt[- ]?out|notice", rest):
        return Stance.CONDITIONAL
    if clause_type == _SALE and rules.still_sold.search(rest):
        return Stance.DOES
    if rules.legal.search(rest) and not rules.not_legal_alone.search(rest):
        return Stance.DENIES
    if rest.lower().startswith(("without", "other than", "beyond")) and clause_type != _SHARING:
        return Stance.DENIES
    return _EXCEPTED.get(clause_type, Stance.DENIES)


def _clause_before(sentence: str, act: re.Match[str]) -> str:
    """Return the words of the act's clause that stand before it, without what only looks like a negation."""
    rules = _rules()
    before = rules.no_negation.sub(" ", sentence[max(0, act.start() - _REACH) : act.start()])
    ends = [found.end() for found in rules.clause_end.finditer(before)]
    return before[ends[-1] :] if ends else before


def _is_negated(sentence: str, act: re.Match[str]) -> bool:
    rules = _rules()
    if rules.negation.search(_clause_before(sentence, act)):
        return True
    return rules.negation_after.search(rules.no_negation.sub(" ", sentence[act.end() : act.end() + _AHEAD])) is not None


@lru_cache(maxsize=64)
def _spoken(said: str) -> tuple[str, ...]:
    return tuple(part for start, end in sentences(said) for part in _parts(said[start:end]))


@cache
def _rules() -> _Rules:
    rows: dict[str, Any] = read_yaml(STANCES)

    def compiled(pattern: str | list[str]) -> re.Pattern[str]:
        return re.compile(pattern if isinstance(pattern, str) else "|".join(pattern), re.IGNORECASE)

    made: dict[str, Any] = {
        name: {key: compiled(one) for key, one in row.items()} if isinstance(row, dict) else compiled(row)
        for name, row in rows.items()
    }
    return _Rules(**made)
