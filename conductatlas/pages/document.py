"""The page of one document: its clauses with their words, its versions, its checks, where it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.acts.load_taxonomy import taxonomy_release
from clauses.acts.read_versions import is_readable
from clauses.figures import severity_split
from clauses.find import sentence_of
from clauses.models import Clause, ClauseType, Passage, Reading, Stance
from clauses.text.classify import READER_RELEASE
from platforms.find import find_document
from platforms.models import Check, Class, Document, Version

LATEST_CHECKS = 5


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with the sentence that says it, and the number of the paragraph that it stands in."""

    clause: Clause
    sentence: str
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A version on the drawn timeline: `at` is its place from 0 to 100."""

    number: int
    captured_at: datetime
    kind: Class
    at: float


@require_safe
def document(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """Show one document."""
    shown = find_document(platform, document)
    latest = shown.latest_version
    if latest is not None:
        latest.document = shown
    clauses = list(Clause.objects.filter(document=shown).shown().select_related("type", "quoted").in_document_order())
    for clause in clauses:
        clause.document = shown
    ticks = _ticks(shown)
    standing = [_row(clause, ordinals) for ordinals in [_ordinals(latest)] for clause in clauses]
    context = {
        "document": shown,
        "platform": shown.platform,
        "latest": latest,
        "reading": Reading.objects.filter(version=latest, release=READER_RELEASE, taxonomy=taxonomy_release()).first(),
        "is_readable": is_readable(shown.language),
        "looked_for": ClauseType.objects.filter(kind_groups__contains=[shown.kind_group]).count(),
        "standing": [row for row in standing if row.clause.position is not None],
        "not_found": [row for row in standing if row.clause.position is None],
        "not_found_total": sum(1 for row in standing if row.clause.position is None),
        "stances": [
            (stance, sum(1 for c in clauses if c.position is not None and c.stance == stance)) for stance in Stance
        ],
        "severities": severity_split(Counter(c.severity for c in clauses)),
        "analysed": sum(1 for c in clauses if c.severity),
        "ticks": ticks,
        "version_total": len(ticks),
        "counts": [(kind, number) for kind in Class if (number := sum(1 for tick in ticks if tick.kind == kind))],
        "last_captured_at": ticks[-1].captured_at if ticks else None,
        "checks": list(Check.objects.filter(document=shown).order_by("-checked_at")[:LATEST_CHECKS]),
        "check_counts": list(
            Check.objects.filter(document=shown).values_list("outcome").annotate(n=Count("pk")).order_by("outcome")
        ),
        "reader": READER_RELEASE,
        "demonstration": shown.platform.is_demonstration,
    }
    return render(request, "pages/document.html", context)


def _ordinals(latest: Version | None) -> dict[tuple[int, int], int]:
    """Return the paragraph number of each passage of the latest good version, by clause and offset."""
    if latest is None:
        return {}
    rows = Passage.objects.filter(version=latest).values_list("provision__clause_id", "start", "ordinal")
    return {(clause, start): ordinal for clause, start, ordinal in rows}


def _row(clause: Clause, ordinals: dict[tuple[int, int], int]) -> ClauseRow:
    ordinal = ordinals.get((clause.pk, clause.position)) if clause.position is not None else None
    return ClauseRow(clause, sentence_of(clause, clause.type), ordinal)


def _ticks(shown: Document) -> list[Tick]:
    rows = list(
        Version.objects.filter(document=shown).in_order().values_list("number", "captured_at", "version_class__kind")
    )
    if not rows:
        return []
    first, span = rows[0][1], (rows[-1][1] - rows[0][1]).total_seconds() or 1.0
    return [
        Tick(
            number,
            captured_at,
            Class(kind or Class.SUSPECT),
            round(100 * (captured_at - first).total_seconds() / span, 2),
        )
        for number, captured_at, kind in rows
    ]
