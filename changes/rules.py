"""The written rules by which a change is weighed. The methodology page is generated from these constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from changes.text.weighty import is_weighty

RULES_RELEASE = "2026.1"

SEVERITIES = ("low", "medium", "high")
STATED = ("denies", "conditional", "does")
"""Stances by how far the practice goes. A clause that is not there stands with the first."""

RIGHTS = frozenset({
    "content-ownership", "data-security", "data-subject-rights", "notice-of-changes", "opt-out-choices",
})  # fmt: skip
"""Types that give something to people: more of them is better for people."""
NEITHER = frozenset({
    "ai-output-terms", "childrens-data", "copyright-complaints", "data-retention", "fees-and-payment",
    "governing-law-and-venue", "minimum-age", "purposes-of-use", "refunds-and-cancellation", "third-party-services",
})  # fmt: skip
"""Types whose stance does not tell whom they favour: only a reader of the words can."""

RULES = (
    "A clause whose stance changed from one stated stance to another weighs high.",
    "A clause that was added or removed weighs what the clause weighs.",
    "A clause that was reworded weighs what the clause weighs if the rewording touches a number, a word of duty,"
    " permission, choice or denial, or ten words or more; else one step less.",
    "A clause that only moved weighs low.",
    "A clause weighs what its published analysis says, or, without one, what is usual for its type.",
    "A change weighs what the heaviest of its clauses weighs; low where it touches no clause that was found.",
    "A clause of a type that binds people favours the operator when it goes further, comes, or loses its denial;"
    " a clause of a type that gives people rights favours people then. Rewording alone favours nobody by rule.",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the rules make of one clause that a change touched."""

    touch: str
    severity: str
    direction: str


def weigh(
    *, type_slug: str, clause_severity: str, old_stance: str, new_stance: str, moved: bool, rewording: Sequence[str]
) -> Weighed:
    """Weigh one clause that a change touched.

    `old_stance` or `new_stance` is empty where the clause was not there; `rewording` is every run of words that was
    struck or written, empty where the words are the same.
    """
    if not old_stance or not new_stance:
        touch, severity = ("added" if new_stance else "removed"), clause_severity
    elif old_stance in STATED and new_stance in STATED and old_stance != new_stance:
        touch, severity = "stance_changed", "high"
    elif rewording or not moved:
        touch = "reworded"
        severity = clause_severity if is_weighty(rewording) else _step_down(clause_severity)
    else:
        touch, severity = "moved", "low"
    return Weighed(touch, severity, _direction(type_slug, touch, old_stance, new_stance))


def heaviest(severities: Iterable[str]) -> str:
    """Return the severity of a change from those of its clauses."""
    return max(severities, key=SEVERITIES.index, default="low")


def whole_direction(directions: Iterable[str]) -> str:
    """Return whom a change favours, from whom its clauses favour."""
    told = set(directions) - {"unclear"}
    if not told:
        return "unclear"
    return told.pop() if len(told) == 1 else "mixed"


def _direction(type_slug: str, touch: str, old_stance: str, new_stance: str) -> str:
    if type_slug in NEITHER or touch in ("reworded", "moved"):
        return "unclear"
    if "unstated" in (old_stance, new_stance):
        return "unclear"
    if old_stance == "denies" and not new_stance:  # a promise is gone
        further = True
    elif new_stance == "denies" and not old_stance:  # a promise came
        further = False
    else:
        further = _reach(new_stance) > _reach(old_stance)
    return "people" if further == (type_slug in RIGHTS) else "operator"


def _reach(stance: str) -> int:
    return STATED.index(stance) if stance else 0


def _step_down(severity: str) -> str:
    return SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
