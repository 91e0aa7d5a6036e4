"""The page of one document: its clauses with their words, its versions, its checks, where it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord
from clauses.acts.read_versions import current_readings, is_readable
from clauses.figures import severity_split
from clauses.find import sentence_of
from clauses.models import Clause, ClauseType, Passage, Stance
from clauses.text.classify import READER_RELEASE
from conductatlas.corrections.noted import noted
from conductatlas.pages.activity import YEAR, since
from conductatlas.pages.agreed import Stood, agreed, day_asked
from conductatlas.pages.document_as_of import document_as_of
from platforms.check_runs import is_ailing
from platforms.find import find_document
from platforms.memento import mark_as_original
from platforms.models import AILING_AFTER, Check, Class, Document, Takedown, Version

LATEST_CHECKS, LATEST_CHANGES = 5, 5
MOST_CHOICES = 150
"""Versions that the form for two of them lists by name; of more it asks for the numbers."""


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause with the sentence that says it, and the number of the paragraph that it stands in."""

    clause: Clause
    sentence: str
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A version on the drawn timeline: `at` is its place from 0 to 100."""

    version: Stood
    at: float

    @property
    def is_of_terms(self) -> bool:
        """Tell the first version, and those that changed terms."""
        return self.version.kind in (Class.FIRST, Class.SUBSTANTIVE, Class.REVERTED)


@require_safe
def document(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """Show one document, as it is or as of a day."""
    shown = find_document(platform, document)
    as_of = day_asked(request.GET.get("as_of", ""), timezone.now())
    if as_of is not None:
        return document_as_of(request, shown, as_of)
    versions = _versions(shown)
    latest = shown.latest_version
    if latest is not None:
        latest.document = shown
    clauses = list(Clause.objects.filter(document=shown).shown().select_related("type", "quoted").in_document_order())
    for clause in clauses:
        clause.document = shown
    choices = [one for one in versions[::-1] if one.is_good]
    ticks, now = _ticks(versions), timezone.now()
    day = day_asked(request.GET.get("agreed", ""), now)
    recent = list(
        ChangeRecord.objects.shown().filter(document=shown).since(since(now, YEAR)).with_names().latest_first()
    )
    checks = list(Check.objects.filter(document=shown).order_by("-checked_at", "-pk")[:LATEST_CHECKS])
    standing = [_row(clause, ordinals) for ordinals in [_ordinals(latest)] for clause in clauses]
    context = {
        "document": shown,
        "platform": shown.platform,
        "latest": latest,
        "reading": current_readings().filter(version=latest).first(),
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
        "counts": [(kind, number) for kind in Class if (number := sum(1 for one in versions if one.kind == kind))],
        "first_version": versions[0] if versions else None,
        "last_version": versions[-1] if versions else None,
        "first_good": choices[-1] if choices else None,
        "choices": choices if len(choices) <= MOST_CHOICES else [],
        "good_total": len(choices),
        "today": now.date(),
        "agreed": agreed(shown, day, versions) if day is not None else None,
        "in_a_year": len(recent),
        "year": since(now, YEAR),
        "recent": recent[:LATEST_CHANGES],
        "checks": checks,
        "is_ailing": is_ailing(checks),
        "ailing_after": AILING_AFTER,
        "check_counts": list(
            Check.objects.filter(document=shown).values_list("outcome").annotate(n=Count("pk")).order_by("outcome")
        ),
        "noted": noted(shown.record_id),
        "reader": READER_RELEASE,
        "demonstration": shown.platform.is_demonstration,
    }
    return mark_as_original(render(request, "pages/document.html", context), shown)


def _ordinals(latest: Version | None) -> dict[tuple[int, int], int]:
    """Return the paragraph number of each passage of the latest good version, by clause and offset."""
    if latest is None:
        return {}
    rows = Passage.objects.filter(version=latest).values_list("provision__clause_id", "start", "ordinal")
    return {(clause, start): ordinal for clause, start, ordinal in rows}


def _row(clause: Clause, ordinals: dict[tuple[int, int], int]) -> ClauseRow:
    ordinal = ordinals.get((clause.pk, clause.position)) if clause.position is not None else None
    return ClauseRow(clause, sentence_of(clause, clause.type), ordinal)


def _versions(shown: Document) -> list[Stood]:
    """Return all versions of the document in order. One query."""
    hidden = Exists(Takedown.objects.filter(version=OuterRef("pk")))
    rows = Version.objects.filter(document=shown).in_order().annotate(hidden=hidden)
    of_class = ("version_class__kind", "version_class__is_good", "version_class__changes_words")
    return [
        Stood(pk, number, captured_at, Class(kind or Class.SUSPECT), bool(is_good and not hidden), bool(changes_words))
        for pk, number, captured_at, hidden, kind, is_good, changes_words in rows.values_list(
            "pk", "number", "captured_at", "hidden", *of_class
        )
    ]


def _ticks(versions: list[Stood]) -> list[Tick]:
    if not versions:
        return []
    first = versions[0].captured_at
    span = (versions[-1].captured_at - first).total_seconds() or 1.0
    return [Tick(one, round(100 * (one.captured_at - first).total_seconds() / span, 2)) for one in versions]
