"""The page of one platform: its documents, what is known of it by type, quick facts, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.models import Basis, ClauseType, Coverage, CoverageState, State
from platforms.find import find_platform
from platforms.models import Class, Document, Platform, Version

QUICK_FACTS = (
    ("mandatory-arbitration", "Must disputes go to arbitration?"),
    ("class-action-waiver", "Are class actions barred?"),
    ("ai-training-on-user-content", "Is user content used to train AI?"),
    ("sale-of-personal-data", "Is personal data sold?"),
)
SIMILAR = 12
LATEST_VERSIONS = 5


@dataclass(frozen=True, slots=True)
class QuickFact:
    """A question with what coverage answers, or None before the platform was covered."""

    question: str
    coverage: Coverage | None


@require_safe
def platform(request: HttpRequest, platform: str) -> HttpResponse:
    """Show one platform."""
    shown = find_platform(platform)
    documents = list(
        Document.objects.filter(platform=shown)
        .with_counts()
        .annotate(
            clause_count=Count("clauses", filter=Q(clauses__state__in=[State.PROPOSED, State.PUBLISHED]), distinct=True)
        )
        .select_related("latest_version__version_class", "collection")
        .order_by("title")
    )
    for document in documents:
        document.platform = shown
    rows = list(
        Coverage.objects.filter(platform=shown, basis=Basis.MACHINE)
        .select_related("type__category", "clause__document")
        .order_by("type__position")
    )
    for row in rows:
        if row.clause is not None:
            row.clause.document.platform = shown
    by_slug = {row.type.slug: row for row in rows}
    context = {
        "platform": shown,
        "aliases": list(shown.aliases.all()),
        "documents": documents,
        "version_total": sum(document.version_count for document in documents),  # type: ignore[attr-defined]
        "clause_total": sum(document.clause_count for document in documents),  # type: ignore[attr-defined]
        "coverage": [(category, list(some)) for category, some in groupby(rows, key=lambda row: row.type.category)],
        "counts": _counts(rows),
        "quick_facts": [QuickFact(question, by_slug.get(slug)) for slug, question in QUICK_FACTS],
        "latest": _latest(shown),
        "similar": _similar(shown),
        "types_total": ClauseType.objects.count() if not rows else len(rows),
        "basis": Basis.MACHINE,
        "demonstration": shown.is_demonstration,
    }
    return render(request, "pages/platform.html", context)


def _counts(rows: list[Coverage]) -> list[tuple[CoverageState, int]]:
    return [(state, sum(1 for row in rows if row.state == state)) for state in CoverageState]


def _latest(shown: Platform) -> list[Version]:
    versions = (
        Version.objects.good()
        .filter(document__platform=shown, version_class__kind__in=[Class.SUBSTANTIVE, Class.REVERTED])
        .select_related("document", "version_class__compared_with")
        .latest_first()[:LATEST_VERSIONS]
    )
    found = list(versions)
    for version in found:
        version.document.platform = shown
    return found


def _similar(shown: Platform) -> list[Platform]:
    if shown.sector is None:
        return []
    others = Platform.objects.filter(sector=shown.sector, is_demonstration=shown.is_demonstration)
    return list(others.exclude(pk=shown.pk).by_name()[:SIMILAR])
