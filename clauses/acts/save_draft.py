"""Saves a draft under an optimistic lock: whoever saves names the edition that was read, and never overwrites another.

Each save keeps the draft whole (SavedDraft). Rows are changed where they differ and nowhere else, so that the audit
trail tells what somebody changed and not that everything was written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction

from clauses.drafted import CHOICES, POINTS, WORDS, Content, Known, current_content
from clauses.models import Action, AgencyLink, Analysis, AnalysisState, LawLink, SavedDraft
from clauses.rubric import RUBRIC_RELEASE, severity_of

Named = TypeVar("Named", bound=models.Model)

ALL_KEPT_FOR = timedelta(days=1)
"""Every save of this time is kept; of earlier ones the latest of each hour and person."""


class SavedByAnother(Exception):
    """Another save came between; `analysis` is the draft as that save left it."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__("Somebody saved this draft after you opened it.")
        self.analysis = analysis


class NotADraft(Exception):
    """What is in review or published is not written on; the message says what it is."""


class Unfit(Exception):
    """Some values are such as no draft can hold; `faults` says of each field what is wrong."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults


@transaction.atomic
def save_draft(
    *, analysis: Analysis, edition: int, content: Content, by: User, at: datetime, restores: int | None = None
) -> Analysis:
    """Save a draft and return it; the same content again is no save. `restores` names the edition it comes from.

    Raises SavedByAnother where `edition` is not the newest, NotADraft where it is one no longer, Unfit where a value
    is too long or no choice.
    """
    kept = Analysis.objects.select_for_update(no_key=True).get(pk=analysis.pk)
    if kept.state != AnalysisState.DRAFT:
        raise NotADraft(f"This analysis is {kept.get_state_display().lower()}: it is not written on.")
    if kept.edition != edition:
        raise SavedByAnother(kept)
    if faults := faults_of(content):
        raise Unfit(faults)
    if current_content(kept) == content:
        return kept
    store(kept, content)
    kept.edition += 1
    kept.save()
    keep(kept, content, by=by, at=at, restores=restores)
    return kept


def keep(analysis: Analysis, content: Content, *, by: User, at: datetime, restores: int | None = None) -> None:
    """Keep a draft whole as the save of its edition, and thin out the saves of earlier days."""
    SavedDraft.objects.create(
        analysis=analysis, edition=analysis.edition, content=content, by=by, at=at, restores=restores
    )
    earlier = SavedDraft.objects.filter(analysis=analysis, at__lt=at - ALL_KEPT_FOR).order_by("edition")
    latest = {(f"{when:%Y-%m-%d %H}", who): pk for pk, when, who in earlier.values_list("pk", "at", "by")}
    earlier.exclude(pk__in=latest.values()).delete()


def store(analysis: Analysis, content: Content) -> None:
    """Put a content that fits into the columns and parts of an analysis; the columns are left to be saved."""
    for name in (*WORDS, *CHOICES):
        setattr(analysis, name, content[name])
    for column in POINTS.values():
        setattr(analysis, column, content[column] or 0)
    analysis.severity, analysis.rubric = severity_of(analysis.points), RUBRIC_RELEASE
    known = Known.of(content)
    _store_actions(analysis, content["actions"], known)
    laws = [(known.article(row["article"]), row["reason"].strip()) for row in content["laws"]]
    _store_links(LawLink, "article", analysis, laws)
    agencies = [(known.agency(row["agency"]), row["reason"].strip()) for row in content["agencies"]]
    _store_links(AgencyLink, "agency", analysis, agencies)


def faults_of(content: Content) -> dict[str, str]:
    """Return what no draft can hold, by the name of the field: a choice that there is not, and words too long."""
    faults = {}
    for name, choices in CHOICES.items():
        if content[name] and content[name] not in choices.values:
            faults[name] = "Choose one of the answers."
    for column in POINTS.values():
        if content[column] not in (None, 0, 1, 2):
            faults[column] = "Choose 0, 1 or 2 points."
    for name in WORDS:
        faults |= _too_long(name, content[name], longest(Analysis, name))
    for number, row in enumerate(content["actions"]):
        for name in ("title", "contact"):
            faults |= _too_long(f"actions-{number}-{name}", row[name], longest(Action, name))
    return faults


def longest(model: type[models.Model], name: str) -> int | None:
    """Return how many characters a column holds; None where it sets no limit."""
    return getattr(model._meta.get_field(name), "max_length", None)


def _too_long(name: str, words: str, most: int | None) -> dict[str, str]:
    if "\x00" in words:
        return {name: "Take out the character that is none (NUL)."}
    if most is None or len(words) <= most:
        return {}
    return {name: f"At most {most} characters; these are {len(words)}."}


def _store_actions(analysis: Analysis, rows: Sequence[Mapping[str, Any]], known: Known) -> None:
    """Write actions over those that are there, place by place."""
    there = {action.position: action for action in analysis.actions.all()}
    for place, row in enumerate(rows, start=1):
        action = there.pop(place, None) or Action(analysis=analysis, position=place)
        wanted = {name: row[name] for name in ("title", "steps", "contact")}
        if action.pk is None or wanted != {name: getattr(action, name) for name in wanted}:
            for name, value in wanted.items():
                setattr(action, name, value)
            action.save()
        action.rests_on.set(_found(row["rests_on"], known.article))
        action.where.set(_found(row["where"], known.place))
    analysis.actions.filter(pk__in=[action.pk for action in there.values()]).delete()


def _found(typed: Sequence[str], find: Callable[[str], Named | None]) -> list[Named]:
    return [one for name in typed if (one := find(name)) is not None]


def _store_links(
    model: type[LawLink] | type[AgencyLink],
    name: str,
    analysis: Analysis,
    rows: Sequence[tuple[models.Model | None, str]],
) -> None:
    """Write the finished rows over the links that name the same; one that is named twice counts the first time."""
    there = {getattr(link, f"{name}_id"): link for link in model._default_manager.filter(analysis=analysis)}
    seen = set()
    for place, (named, reason) in enumerate(rows, start=1):
        if named is None or not reason or named.pk in seen:
            continue
        seen.add(named.pk)
        link = there.get(named.pk) or model(analysis=analysis, **{name: named})
        if link.pk is None or (link.reason, link.position) != (reason, place):
            link.reason, link.position = reason, place
            link.save()
    model._default_manager.filter(pk__in=[link.pk for pk, link in there.items() if pk not in seen]).delete()
