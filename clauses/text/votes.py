"""The vote of one thing said: whether it does what its type is, denies it, or sets conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from clauses.text.stance_rules import rules


class Stance(StrEnum):
    """What words do about the subject of their type."""

    DOES = "does"
    CONDITIONAL = "conditional"
    DENIES = "denies"
    UNSTATED = "unstated"


_REACH = 220
"""Code points that a negation reaches forward."""
_AHEAD = 100
_FURTHER = re.compile(r",? (?:and|but) (?:we|they)\b", re.IGNORECASE)
"""Where a further statement of the same sentence begins."""
_SALE = "sale-of-personal-data"
_SHARING = "data-sharing-with-third-parties"
_EXCEPTED = {
    _SHARING: Stance.DOES,
    "ai-training-on-user-content": Stance.CONDITIONAL,
}
"""What a denial with exceptions comes to, where the exceptions are the rule."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A stance taken by one sentence; firm where somebody is said to do it, partial where for some people or data."""

    stance: Stance
    is_firm: bool = True
    is_partial: bool = False


def is_reserved(sentence: str) -> bool:
    """Tell a sentence with a negation or a condition in it."""
    return rules().negation.search(_bare(sentence)) is not None or rules().consent.search(sentence) is not None


def settled_vote(sentence: str, clause_type: str) -> Vote | None:
    """Return the stance of one sentence on a type that does what it is unless told otherwise."""
    conditions = rules().settled_conditions.get(clause_type)
    if conditions is not None and conditions.search(sentence):
        return Vote(Stance.CONDITIONAL)
    if rules().settled[clause_type].search(sentence) and not rules().settled_part.search(sentence):
        return Vote(Stance.DENIES)
    return Vote(Stance.DOES) if rules().settled_still.search(sentence) else None


def vote(sentence: str, clause_type: str) -> Vote | None:
    """Return the stance of one sentence; None if it takes none."""
    anyway = rules().does_anyway.get(clause_type)
    other = Vote(Stance.DOES, is_firm=False) if anyway is not None and anyway.search(sentence) else None
    topic = rules().topics.get(clause_type)
    if topic is not None and not topic.search(sentence):
        return other
    denial = rules().denials.get(clause_type)
    if denial is not None and (found := denial.search(sentence)):
        return _denied(sentence, found.start(), found.end(), clause_type)
    if not rules().acts[clause_type].search(sentence):
        return other
    bare = _bare(sentence)
    acts = list(rules().acts[clause_type].finditer(bare))
    negated = [act for act in acts if _is_negated(bare, act)]
    if not acts or rules().appeal.search(sentence):
        return other
    if not negated:
        return _of_affirmation(sentence, bare, acts, clause_type)
    before = _clause_before(bare, negated[0].start())
    others = rules().others.get(clause_type)
    if any(one is not None and one.search(before) for one in (rules().readers, rules().choice, others)):
        return other
    doer = rules().own if negated[0] is acts[0] else rules().doer
    done = [act for act in acts if act not in negated and doer.search(_clause_before(bare, act.start()))]
    if clause_type in rules().affirms or not done:
        return _denied(sentence, negated[0].start(), negated[0].end(), clause_type) or other
    return _of_affirmation(sentence, bare, done, clause_type)


def _of_affirmation(sentence: str, bare: str, acts: list[re.Match[str]], clause_type: str) -> Vote | None:
    """Return what a sentence without a denial comes to: a practice, a condition, or a right and so nothing."""
    refused, affirms = rules().no_stance.get(clause_type), rules().affirms.get(clause_type)
    if refused is not None and refused.search(sentence):
        return None
    is_right = rules().rights.search(sentence) is not None
    if affirms is not None and not affirms.search(sentence):
        return Vote(Stance.CONDITIONAL) if not is_right and _has_condition(sentence, clause_type) else None
    if rules().opt_out.search(sentence) or _has_condition(sentence, clause_type):
        return Vote(Stance.CONDITIONAL)
    if is_right:
        despite = rules().despite_rights.get(clause_type)
        return Vote(Stance.DOES, is_firm=False) if despite is not None and despite.search(sentence) else None
    return Vote(Stance.DOES, is_firm=any(rules().firm.search(_clause_before(bare, act.start())) for act in acts))


def is_following(sentence: str) -> bool:
    """Tell a sentence that puts the one before it under a condition ("they are set only if you agree")."""
    return rules().following.search(sentence) is not None


def _has_condition(sentence: str, clause_type: str) -> bool:
    if not rules().consent.search(sentence):
        return False
    given = rules().no_consent.blanked(sentence)
    if clause_type == "data-retention":
        given = rules().lasting.blanked(given)
    return rules().consent.search(given) is not None


def _denied(sentence: str, start: int, end: int, clause_type: str) -> Vote | None:
    """Return what a denial comes to; one for minors alone, or for who refuses, speaks for nobody else."""
    if clause_type != "childrens-data" and rules().minors.search(sentence):
        return None
    if clause_type not in rules().affirms and rules().purposes.search(sentence, start):
        return None
    taken = _of_denial(sentence, start, end, clause_type)
    if taken is None or (taken == Stance.DENIES and rules().refusal.search(sentence)):
        return None
    return Vote(taken, is_partial=rules().partial.search(sentence) is not None)


def _of_denial(sentence: str, start: int, end: int, clause_type: str) -> Stance | None:
    """Tell a denial from one that takes itself back ("we do not share it except ..."); None where that is left open."""
    contrary = rules().despite_denial.get(clause_type)
    if contrary is not None and contrary.search(sentence):
        return Stance.DOES
    exception = rules().exception.search(sentence, end) or rules().exception.match(sentence, 0, start)
    if exception is None:
        further = _FURTHER.search(sentence, end)
        clause = sentence[: further.start()] if further else sentence
        return Stance.CONDITIONAL if _has_condition(clause, clause_type) else Stance.DENIES
    rest = sentence[exception.start() :]
    if rules().consent.search(rest) and not re.search(r"opt[- ]?out|notice", rest):
        return Stance.CONDITIONAL
    if clause_type == _SALE and rules().still_sold.search(rest):
        return Stance.DOES
    if rules().legal.search(rest) and not rules().not_legal_alone.search(rest):
        return Stance.DENIES
    if clause_type != _SHARING and rules().loose.search(rest):
        return None
    if clause_type != _SHARING and rest.lower().startswith(("without", "other than", "beyond")):
        return Stance.DENIES
    return _EXCEPTED.get(clause_type, Stance.DENIES)


@lru_cache(maxsize=256)
def _clause_before(bare: str, place: int) -> str:
    """Return the words that stand before a place, within its clause."""
    before = bare[max(0, place - _REACH) : place]
    ends = [found.end() for found in rules().clause_end.finditer(before)]
    return before[ends[-1] :] if ends else before


def _is_negated(bare: str, act: re.Match[str]) -> bool:
    if rules().negation.search(_clause_before(bare, act.start())):
        return True
    return rules().negation_after.search(bare[act.end() : act.end() + _AHEAD]) is not None


@lru_cache(maxsize=256)
def _bare(sentence: str) -> str:
    """Return a sentence with what only looks like a negation blanked out."""
    sentence = rules().link_text.blanked(sentence)
    return rules().no_negation.blanked(sentence) if rules().negation.search(sentence) else sentence
