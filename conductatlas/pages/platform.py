"""The page of one platform: its documents, what is known of it by type, quick facts, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.figures import severity_split
from clauses.models import Basis, Clause, ClauseType, Coverage, CoverageState, Severity, State
from conductatlas.corrections.noted import noted
from conductatlas.pages.activity import YEAR, in_a_year, latest_of, since
from platforms.find import find_platform
from platforms.models import Document, Platform

QUICK_FACTS = (
    ("mandatory-arbitration", "Must disputes go to arbitration?"),
    ("class-action-waiver", "Are class actions barred?"),
    ("ai-training-on-user-content", "Is user content used to train AI?"),
    ("sale-of-personal-data", "Is personal data sold?"),
)
SIMILAR = 12
HEAVIEST = 8
LATEST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class QuickFact:
    """A question, with what curators published, and beside it whether the machine found such a clause."""

    question: str
    published: Coverage | None
    found: Coverage | None

    @property
    def says(self) -> str:
        """Return the published stance; `unread` where nothing was read, `open` where no curator has answered."""
        if self.published is not None and self.published.clause is not None:
            return str(self.published.state)
        if self.found is None or self.found.state == CoverageState.UNREAD:
            return CoverageState.UNREAD.value
        return CoverageState.NONE.value if self.found.state == CoverageState.NONE else "open"


@require_safe
def platform(request: HttpRequest, platform: str) -> HttpResponse:
    """Show one platform."""
    shown, at = find_platform(platform), timezone.now()
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
    both = list(
        Coverage.objects.filter(platform=shown)
        .select_related("type__category", "clause__document")
        .order_by("type__position")
    )
    for row in both:
        if row.clause is not None:
            row.clause.document.platform = shown
    rows = [row for row in both if row.basis == Basis.MACHINE]
    published = {row.type.slug: row for row in both if row.basis == Basis.PUBLISHED}
    profile = _profile(shown)
    context = {
        "platform": shown,
        "aliases": list(shown.aliases.all()),
        "documents": documents,
        "version_total": sum(document.version_count for document in documents),  # type: ignore[attr-defined]
        "clause_total": sum(document.clause_count for document in documents),  # type: ignore[attr-defined]
        "coverage": [(category, list(some)) for category, some in groupby(rows, key=lambda row: row.type.category)],
        "counts": _counts(rows),
        "quick_facts": [_fact(question, published.get(slug), rows) for slug, question in QUICK_FACTS],
        "profile": profile,
        "profile_total": sum(number for _, number in profile),
        "heaviest": _heaviest(shown),
        "in_a_year": in_a_year(shown, at),
        "year": since(at, YEAR),
        "latest": latest_of(shown, LATEST_CHANGES),
        "similar": _similar(shown),
        "types_total": ClauseType.objects.count() if not rows else len(rows),
        "noted": noted(f"platform/{shown.slug}"),
        "basis": Basis.MACHINE,
        "demonstration": shown.is_demonstration,
    }
    return render(request, "pages/platform.html", context)


def _fact(question: str, published: Coverage | None, rows: list[Coverage]) -> QuickFact:
    found = next((row for row in rows if published is not None and row.type_id == published.type_id), None)
    return QuickFact(question, published, found)


def _profile(shown: Platform) -> list[tuple[Severity, int]]:
    """Return how many published clauses of the platform have each severity. One query."""
    counts = dict(
        Clause.objects.filter(document__platform=shown, state=State.PUBLISHED)
        .values_list("severity")
        .annotate(n=Count("pk"))
    )
    return severity_split(counts)


def _heaviest(shown: Platform) -> list[Clause]:
    """Return the published clauses of high severity that stand, in document order."""
    clauses = (
        Clause.objects.standing_now()
        .filter(document__platform=shown, state=State.PUBLISHED, severity=Severity.HIGH)
        .select_related("document", "type")
        .order_by("document__title", "position")[:HEAVIEST]
    )
    found = list(clauses)
    for clause in found:
        clause.document.platform = shown
    return found


def _counts(rows: list[Coverage]) -> list[tuple[CoverageState, int]]:
    return [(state, sum(1 for row in rows if row.state == state)) for state in CoverageState]


def _similar(shown: Platform) -> list[Platform]:
    if shown.sector is None:
        return []
    others = Platform.objects.filter(sector=shown.sector, is_demonstration=shown.is_demonstration)
    return list(others.exclude(pk=shown.pk).by_name()[:SIMILAR])
