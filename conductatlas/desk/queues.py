"""What waits for a curator: each queue with its count and its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from changes.models import ChangeRecord
from clauses.models import Analysis, AnalysisState, Clause
from conductatlas.models import Correction
from platforms.models import CaptureState, VersionClass


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue as the home of the desk shows it; `waiting` is how many wait, `oldest` how old the oldest is in days."""

    name: str
    about: str
    address: str
    waiting: int
    oldest: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a queue is made of: the rows that wait, and the column that says since when."""

    name: str
    about: str
    address: str
    rows: QuerySet[Any]
    since: str


def proposed() -> Waiting:
    """Clauses that the reader found and no curator has looked at."""
    return Waiting(
        "Proposed clauses",
        "Found by the reader. Accept, change or reject them.",
        reverse("admin:desk:proposed"),
        Clause.objects.waiting().counted(),
        "found_at",
    )


def altered() -> Waiting:
    """Published clauses whose words are not those that the analysis was written for."""
    return Waiting(
        "Altered words",
        "Published analyses whose words were altered, moved or gone. Say whether they still hold.",
        reverse("admin:desk:altered"),
        Clause.objects.to_judge().counted(),
        "document__latest_version__captured_at",
    )


def drafts() -> Waiting:
    """Analyses that are being written, of all curators."""
    return Waiting(
        "Drafts",
        "Analyses that are being written.",
        f"{reverse('admin:clauses_analysis_changelist')}?state__exact={AnalysisState.DRAFT}",
        Analysis.objects.filter(state=AnalysisState.DRAFT),
        "drafted_at",
    )


def reviews() -> Waiting:
    """Analyses that were handed to review, and those that are signed and wait to be published."""
    return Waiting(
        "Reviews",
        "Analyses that wait for a second person, or are signed and wait to be published.",
        reverse("admin:desk:reviews"),
        Analysis.objects.in_review(),
        "drafted_at",
    )


def failing() -> Waiting:
    """Documents whose checks fail one after another."""
    return Waiting(
        "Failing documents",
        "Their checks fail one after another. Check again, declare a rule, or retire them.",
        reverse("admin:desk:failing"),
        CaptureState.objects.ailing().filter(document__retired_at=None),
        "document__latest_version__captured_at",
    )


def records() -> Waiting:
    """Change records of weight that a machine drafted."""
    return Waiting(
        "Change records",
        "Drafted by machine and of high severity. Put them in your words, or withdraw them.",
        reverse("admin:desk:records"),
        ChangeRecord.objects.to_look_at().counted(),
        "detected_at",
    )


def technical() -> Waiting:
    """Versions that another extractor took, with other words (rule 5)."""
    return Waiting(
        "Changes of the extractor",
        "Another extractor gave other words. A change of terms cannot be excluded.",
        reverse("admin:desk:technical"),
        VersionClass.objects.uncertain(),
        "version__captured_at",
    )


def corrections() -> Waiting:
    """Errors that readers reported."""
    return Waiting(
        "Corrections",
        "Errors that readers reported. Answer them.",
        reverse("admin:desk:corrections"),
        Correction.objects.waiting(),
        "received_at",
    )


QUEUES: list[tuple[str, Callable[[], Waiting]]] = [
    ("clauses.change_clause", proposed),
    ("clauses.add_judgement", altered),
    ("clauses.change_analysis", drafts),
    ("clauses.view_analysis", reviews),
    ("platforms.change_document", failing),
    ("changes.change_changerecord", records),
    ("changes.change_changerecord", technical),
    ("conductatlas.change_correction", corrections),
]
"""In the order in which they matter, each with the permission that it takes. All of them cost one query."""

NAVIGATION = [
    ("clauses.change_clause", "Proposed", "admin:desk:proposed"),
    ("clauses.add_judgement", "Altered", "admin:desk:altered"),
    ("clauses.view_analysis", "Reviews", "admin:desk:reviews"),
    ("platforms.change_document", "Failing", "admin:desk:failing"),
    ("changes.change_changerecord", "Changes", "admin:desk:records"),
    ("conductatlas.change_correction", "Corrections", "admin:desk:corrections"),
    ("clauses.view_clause", "Tables", "admin:desk:tables"),
    ("conductatlas.view_auditentry", "Trail", "admin:desk:audit"),
]
"""What stands in the head of every page of the desk: the permission, the name, the address."""


def queues_for(request: HttpRequest) -> list[Queue]:
    """Return the queues that a person may work on, in the order in which they matter."""
    mine = [queue() for permission, queue in QUEUES if request.user.has_perm(permission)]
    counted = [
        one.rows.order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(number=Count("pk"), oldest=Min(one.since))
        .values_list("place", "number", "oldest")
        for place, one in enumerate(mine)
    ]
    found = {place: (number, oldest) for place, number, oldest in _union(counted)}
    return [_shown(one, *found.get(place, (0, None))) for place, one in enumerate(mine)]


def _union(parts: list[QuerySet[Any, Any]]) -> Iterable[tuple[int, int, datetime | None]]:
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _shown(one: Waiting, number: int, oldest: datetime | None) -> Queue:
    return Queue(one.name, one.about, one.address, number, (timezone.now() - oldest).days if oldest else None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link in the head of the desk."""

    name: str
    address: str


def navigation(request: HttpRequest) -> list[Entry]:
    """Return the links to the queues that a person may work on; nothing is asked but permissions."""
    may = request.user.has_perm
    return [Entry(name, reverse(address)) for permission, name, address in NAVIGATION if may(permission)]
