"""Tells what words do about the subject of their type: whether they do it, deny it, or do it on conditions.

Each thing said that has the act of the type in it votes (clauses.text.votes); rights and choices about an act ("you
may opt out of the sale") do not say that it takes place, and have no vote. Unsure is unstated (rule 9).
"""

from __future__ import annotations

from collections.abc import Sequence

from clauses.text.spoken import is_title, spoken
from clauses.text.stance_rules import rules
from clauses.text.votes import Stance as Stance
from clauses.text.votes import Vote, is_following, is_reserved, settled_vote, vote

THRESHOLD = 0.6
"""A stance with a lower score is not given."""
_SHORT = 2
"""Sentences that a short passage has at most."""


def stance(words: str, clause_type: str) -> tuple[Stance, float]:
    """Return the stance of words (Markdown or plain) on a type, and how sure that is, from 0 to 1."""
    return stance_of(words.replace("’", "'"), clause_type)


def stance_of(said: str, clause_type: str) -> tuple[Stance, float]:
    """Return the same for words with straight apostrophes."""
    taken, ground = judged(said, clause_type)
    scores = rules().scores
    score = scores[ground]
    if taken != Stance.DOES and clause_type in rules().disputed:
        score = min(score, scores["disputed"])
    return taken, score


def judged(said: str, clause_type: str) -> tuple[Stance, str]:
    """Return the stance and the ground that it rests on, a key of the scores."""
    if clause_type in rules().settled:
        return _settled(said, clause_type)
    if clause_type not in rules().acts:
        return Stance.DOES, "by nature"
    parts = spoken(said)
    votes: list[Vote] = []
    for part in parts:
        one = None if is_title(part) else vote(part, clause_type)
        if one is not None:
            votes.append(one)
        elif votes and is_following(part):
            votes[-1] = Vote(Stance.CONDITIONAL)
    if votes:
        return _weighed(votes, clause_type)
    if clause_type in rules().affirms or _is_reserved(parts, clause_type):
        return Stance.UNSTATED, "none"
    return Stance.DOES, "nothing reserved"


def _is_reserved(parts: Sequence[str], clause_type: str) -> bool:
    """Tell whether a passage without a vote may yet deny or condition: anywhere if short, else beside an act."""
    act = rules().acts[clause_type]
    return any(is_reserved(one) for one in parts if len(parts) <= _SHORT or act.search(one))


def _settled(said: str, clause_type: str) -> tuple[Stance, str]:
    """Judge a type that does what it is unless the words say otherwise."""
    votes = [
        one for part in spoken(said) if not is_title(part) and (one := settled_vote(part, clause_type)) is not None
    ]
    kinds = {one.stance for one in votes}
    if len(kinds) == 1:
        return votes[0].stance, f"settled {votes[0].stance}"
    doubt = rules().settled_doubt.get(clause_type)
    if not kinds and doubt is not None and doubt.search(said):
        return Stance.UNSTATED, "none"
    return Stance.DOES, "by nature" if not kinds else "settled mixed"


def _weighed(votes: Sequence[Vote], clause_type: str) -> tuple[Stance, str]:
    """Weigh votes: does before conditional before denies, but a denial is never read as a practice."""
    kinds = {one.stance for one in votes}
    if len(kinds) == 1:
        return votes[0].stance, f"all {votes[0].stance}"
    if clause_type in rules().affirms:
        return _weighed_strictly(votes, kinds)
    done = [one for one in votes if one.stance == Stance.DOES]
    if not done:
        return Stance.CONDITIONAL, "mixed condition"
    if len(done) > 2 * (len(votes) - len(done)):
        return Stance.DOES, "mostly does"
    if votes[0].stance == Stance.DENIES and not any(one.is_firm for one in done):
        return Stance.DENIES, "first"
    return Stance.UNSTATED, "contrary"


def _weighed_strictly(votes: Sequence[Vote], kinds: set[Stance]) -> tuple[Stance, str]:
    """Weigh votes on a type where a denial beside a practice leaves the stance open."""
    if any(one.stance == Stance.DENIES and not one.is_partial for one in votes):
        return (Stance.UNSTATED, "contrary") if Stance.DOES in kinds else (Stance.CONDITIONAL, "mixed condition")
    return (Stance.DOES, "denied in part") if Stance.DOES in kinds else (Stance.CONDITIONAL, "mixed condition")
