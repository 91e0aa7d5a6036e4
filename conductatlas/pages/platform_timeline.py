"""The timeline of a platform: every change of its documents, drawn and listed, narrowed by document and severity."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord
from clauses.models import Severity
from conductatlas.pages.activity import YEAR, since
from conductatlas.pages.agreed import day_asked
from conductatlas.pages.lanes import Change, Lane, LaneTimeline, lane_timeline
from platforms.find import find_platform
from platforms.keyset import keyset_page
from platforms.models import Document

CHANGES_A_PAGE = 25
MOST_LANES = 24
"""Documents that are drawn: those with the most changes. The table beneath has all."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with what is drawn of it, in figures."""

    document: Document
    split: list[tuple[Severity, int]]
    total: int
    latest_at: datetime | None


@require_safe
def timeline(request: HttpRequest, platform: str) -> HttpResponse:
    """Show the changes of one platform, the latest first."""
    shown, now = find_platform(platform), timezone.now()
    documents = list(Document.objects.filter(platform=shown).with_counts().order_by("title", "pk"))
    document = _chosen(request, "document", {one.slug: one.title for one in documents})
    severity = _chosen(request, "severity", dict(Severity.choices))
    records = ChangeRecord.objects.shown().filter(document__platform=shown)
    if document:
        records = records.filter(document__slug=document)
    if severity:
        records = records.filter(severity=severity)
    day = day_asked(request.GET.get("since", ""), now)
    if day is not None:
        records = records.since(datetime.combine(day, time(), UTC))
    page = keyset_page(
        records.with_names(),
        order=["-observed_before", "-pk"],
        after=request.GET.get("after", ""),
        size=CHANGES_A_PAGE,
    )
    for one in documents:
        one.platform = shown
    changes = _changes(records.values_list("document", "observed_before", "severity").order_by("observed_before"))
    rows = [_row(one, changes[one.pk]) for one in documents if not document or one.slug == document]
    year = since(now, YEAR)
    context = {
        "platform": shown,
        "documents": documents,
        "severities": list(Severity),
        "chosen_document": next((one for one in documents if one.slug == document), None),
        "chosen_severity": Severity(severity) if severity else None,
        "since": day,
        "rows": rows,
        "total": sum(row.total for row in rows),
        "in_a_year": sum(change.at >= year for some in changes.values() for change in some),
        "year": year,
        "drawing": _drawing(rows, changes),
        "most_lanes": MOST_LANES,
        "page": page,
        "size": CHANGES_A_PAGE,
        "demonstration": shown.is_demonstration,
    }
    return render(request, "pages/platform_timeline.html", context)


def _chosen(request: HttpRequest, name: str, options: dict[str, str]) -> str:
    chosen = request.GET.get(name, "").strip()
    if chosen and chosen not in options:
        raise BadRequest(f"This timeline has no {name} called “{chosen}”; it may be one of: {', '.join(options)}.")
    return chosen


def _changes(rows: object) -> defaultdict[int, list[Change]]:
    found: defaultdict[int, list[Change]] = defaultdict(list)
    for document, at, severity in rows:  # type: ignore[attr-defined]
        found[document].append(Change(at, Severity(severity)))
    return found


def _row(document: Document, changes: list[Change]) -> DocumentRow:
    counts = Counter(change.severity for change in changes)
    split = [(severity, counts[severity]) for severity in Severity]
    return DocumentRow(document, split, len(changes), changes[-1].at if changes else None)


def _drawing(rows: list[DocumentRow], changes: dict[int, list[Change]]) -> LaneTimeline | None:
    """Return the drawing of the documents with the most changes, in the order of their titles."""
    kept = [row for row in rows if row.document.first_captured_at is not None]  # type: ignore[attr-defined]
    most = {row.document.pk for row in sorted(kept, key=lambda row: -row.total)[:MOST_LANES]}
    lanes = [
        Lane(
            row.document.title,
            row.document.first_captured_at,  # type: ignore[attr-defined]
            row.document.latest_captured_at,  # type: ignore[attr-defined]
            changes.get(row.document.pk, []),
        )
        for row in kept
        if row.document.pk in most
    ]
    return lane_timeline(lanes) if lanes else None
