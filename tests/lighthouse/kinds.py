"""The kinds of page that search engines are meant to list, with one address of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from changes.models import ChangeRecord
from clauses.models import Agency, Clause, ClauseType, Regulation, State

CLAUSE = "clause with an analysis"
"""The kind whose weight is measured too."""

_FIXED = (
    "home platforms types registry changes feeds regulations agencies methodology rubric about accessibility"
    " verify log corrections"
)
FIXED = tuple(_FIXED.split())


class NothingToMeasure(Exception):
    """The database lacks what a kind of page shows; the message says what."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page; `is_demonstration` where the page shows an invented platform, and is not to be listed."""

    name: str
    address: str
    is_demonstration: bool = False


def indexed_kinds() -> list[Kind]:
    """Return a page of each kind: where there are many, of real platforms before invented ones, the fullest.

    Raises NothingToMeasure where there is neither a real nor an invented platform to show.
    """
    published, proposed = (Clause.objects.filter(state=state) for state in (State.PUBLISHED, State.PROPOSED))
    analysed = _fullest(published, "analysis__laws", CLAUSE)
    found = _fullest(proposed.exclude(document__latest_version=None), "document__clauses", "clause without")
    kept = found.document
    invented = kept.platform.is_demonstration
    assert kept.latest_version is not None
    kept.latest_version.document = kept
    most = ClauseType.objects.annotate(n=Count("clauses")).select_related("category").latest("n")
    return [
        *(Kind(name, reverse(name)) for name in FIXED),
        Kind("platform", kept.platform.get_absolute_url(), invented),
        Kind("document", kept.get_absolute_url(), invented),
        Kind("version, the latest", kept.latest_version.get_absolute_url(), invented),
        Kind(CLAUSE, analysed.get_absolute_url(), analysed.document.platform.is_demonstration),
        Kind("clause without", found.get_absolute_url(), invented),
        Kind("frozen analysis", f"/r/{analysed.record_id}/v1", analysed.document.platform.is_demonstration),
        Kind("frozen version", f"/r/{kept.record_id}/v{kept.latest_version.number}", invented),
        Kind("type", most.get_absolute_url()),
        Kind("category", most.category.get_absolute_url()),
        Kind("regulation", Regulation.objects.annotate(n=Count("articles__links")).latest("n").get_absolute_url()),
        Kind("agency", Agency.objects.annotate(n=Count("links")).latest("n").get_absolute_url()),
        *_of_changes(),
    ]


def _of_changes() -> list[Kind]:
    """Return the change that touches most clauses, with its comparison, and where it stands in time."""
    records = ChangeRecord.objects.shown().select_related("document__platform", "before", "version")
    counted = records.annotate(n=Count("clause_changes")).order_by("document__platform__is_demonstration", "-n", "pk")
    record = counted.first()
    if record is None:
        raise NothingToMeasure("There is no change record here: load the demonstration, or run `detect`.")
    document, invented = record.document, record.document.platform.is_demonstration
    place = (document.platform.slug, document.slug)
    return [
        Kind("change record", record.get_absolute_url(), invented),
        Kind("diff", reverse("diff", args=[*place, record.before.number, record.version.number]), invented),
        Kind("history", reverse("history", args=place), invented),
        Kind("timeline", reverse("timeline", args=place[:1]), invented),
    ]


def _fullest(clauses: QuerySet[Clause], by: str, kind: str) -> Clause:
    """Return the clause with most rows of `by`, of a real platform where there is one."""
    ordered = clauses.annotate(n=Count(by)).order_by("document__platform__is_demonstration", "-n", "pk")
    clause = ordered.select_related("document__platform", "document__latest_version").first()
    if clause is None:
        raise NothingToMeasure(f"There is no {kind} here: load the demonstration, or measure another installation.")
    return clause
