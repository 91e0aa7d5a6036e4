"""Turns what a form of the desk asks for into an act on proposals, and says what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from clauses.acts.decide import assign, reject, retitle, retype, weigh
from clauses.models import Clause, ClauseType
from conductatlas.desk.undoing import undoable

MOST_AT_ONCE = 100
REASONS = (
    "Speaks of something else than the type",
    "A heading, a menu or a lead-in, no clause",
    "Says the same as another clause of the document",
    "Words of another document that this one only names",
)
"""Suggested; a curator may write any other."""


def decide(request: HttpRequest, clauses: Sequence[int]) -> str:
    """Do what the form asks for to all of some clauses; return what was done, as a sentence.

    Raises ValidationError where it cannot be done; then nothing is.
    """
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise ValidationError("Choose what to do.")
    if len(clauses) > MOST_AT_ONCE:
        raise ValidationError(f"At most {MOST_AT_ONCE} clauses are decided at once.")
    with undoable(request, clauses):
        decided, what = act(clauses, request.POST, timezone.now())
    names = ", ".join(clause.record_id for clause in decided[:3])
    more = f" and {len(decided) - 3} more" if len(decided) > 3 else ""
    return f"{names}{more}: {what}." if decided else "They were so already: nothing was changed."


Decided = tuple[list[Clause], str]


def _reject(clauses: Sequence[int], form: QueryDict, at: datetime) -> Decided:
    return reject(clauses=clauses, because=form.get("because", ""), at=at), "rejected"


def _retype(clauses: Sequence[int], form: QueryDict, at: datetime) -> Decided:
    to = ClauseType.objects.filter(slug=form.get("type", "")).first()
    if to is None:
        raise ValidationError("Choose a type from the list.")
    return retype(clauses=clauses, to=to, at=at), f"now of the type {to.name}"


def _retitle(clauses: Sequence[int], form: QueryDict, at: datetime) -> Decided:
    if len(clauses) != 1:
        raise ValidationError("A title is given to one clause.")
    return [retitle(clause=clauses[0], title=form.get("title", ""), at=at)], "renamed"


def _weigh(clauses: Sequence[int], form: QueryDict, at: datetime) -> Decided:
    significance = form.get("significance", "")
    what = f"of {significance} significance" if significance else "without a significance"
    return weigh(clauses=clauses, significance=significance), what


def _assign(clauses: Sequence[int], form: QueryDict, at: datetime) -> Decided:
    username = form.get("to", "")
    to = people().filter(username=username).first()
    if username and to is None:
        raise ValidationError("Choose a person from the list.")
    return assign(clauses=clauses, to=to), f"assigned to {name_of(to)}" if to else "assigned to nobody"


ACTS: dict[str, Callable[[Sequence[int], QueryDict, datetime], Decided]] = {
    "reject": _reject,
    "retype": _retype,
    "retitle": _retitle,
    "weigh": _weigh,
    "assign": _assign,
}


def people() -> QuerySet[User]:
    """Return the people who work on clauses."""
    may = Q(is_superuser=True) | Q(groups__permissions__codename="change_clause")
    return User.objects.filter(may, is_active=True, is_staff=True).distinct().order_by("username")


def name_of(user: User) -> str:
    """Return what a person is called."""
    return user.get_full_name() or user.get_username()
