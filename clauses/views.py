"""Pages drawn from clauses and coverage: registry, types, categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clauses.acts.load_taxonomy import taxonomy_release
from clauses.figures import Tally, severities, severity_split, tallies, tallies_of
from clauses.find import sentence_of
from clauses.models import Basis, Category, ClauseType, Coverage, CoverageState
from clauses.models.coverage import FOUND
from clauses.registry import asked
from clauses.text.classify import READER_RELEASE
from platforms.keyset import keyset_page
from platforms.models import KindGroup

CLAUSES_A_PAGE = 25
WORDINGS_A_PAGE = 25
SORTS = {
    "platform": ["platform__sort_name", "platform_id"],
    "severity": ["-weight", "platform__sort_name", "platform_id"],
}
_ANALYSED = Case(When(severity="", then=Value(0)), default=Value(1), output_field=IntegerField())
_WEIGHT = Case(
    *(
        When(clause__severity=severity, then=Value(weight))
        for weight, severity in enumerate(("low", "medium", "high"), 1)
    ),
    default=Value(0),
    output_field=IntegerField(),
)


@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """List clauses by the filters asked for: those with an analysis first, then the latest found."""
    question = asked(request.GET)
    clauses = question.clauses()
    page = keyset_page(
        clauses.with_names().annotate(analysed=_ANALYSED),
        order=["-analysed", "-pk"],
        after=request.GET.get("after", ""),
        size=CLAUSES_A_PAGE,
    )
    rows = [(clause, sentence_of(clause, clause.type)) for clause in page.rows]
    context = {"asked": question, "page": page, "rows": rows, "total": clauses.count()}
    return render(request, "clauses/registry.html", context)


@require_safe
def types(request: HttpRequest) -> HttpResponse:
    """List all types by category, with how many platforms have each."""
    counted = tallies()
    categories = [
        (category, [(clause_type, counted.get(clause_type.pk, Tally())) for clause_type in category.types.all()])
        for category in Category.objects.prefetch_related("types")
    ]
    return render(request, "clauses/types.html", {"categories": categories, "release": taxonomy_release()})


@require_safe
def clause_type(request: HttpRequest, slug: str, *, extra: Mapping[str, Any] | None = None) -> HttpResponse:
    """Show one type across all platforms: what it is, how many do it, and each wording; `extra` is for its template."""
    shown = get_object_or_404(ClauseType.objects.select_related("category", "explanation"), slug=slug)
    basis = _choice(request, "basis", Basis.values) or Basis.MACHINE.value
    state = _choice(request, "state", CoverageState.values)
    coverage = Coverage.objects.counted(basis).filter(type=shown)
    coverage = coverage.filter(state=state) if state else coverage.filter(state__in=FOUND)
    sort = _choice(request, "sort", list(SORTS)) or "platform"
    page = keyset_page(
        coverage.select_related(
            "platform__operator", "clause__document__platform", "clause__quoted", "clause__last_seen"
        ).annotate(weight=_WEIGHT),
        order=SORTS[sort],
        after=request.GET.get("after", ""),
        size=WORDINGS_A_PAGE,
    )
    neighbours = list(
        ClauseType.objects.filter(position__in=[shown.position - 1, shown.position + 1]).order_by("position")
    )
    both = tallies_of(shown)
    split = severities(types=[shown.pk]).get(shown.pk, {})
    context = {
        "type": shown,
        "explanation": getattr(shown, "explanation", None),
        "laws": list(shown.laws.with_law()),
        "tally": both.machine if basis == Basis.MACHINE else both.published,
        "severity_split": severity_split(split),
        "severity_total": sum(split.values()),
        "operators": both.operators,
        "basis": Basis(basis),
        "other_basis": Basis.PUBLISHED if basis == Basis.MACHINE else Basis.MACHINE,
        "state": CoverageState(state) if state else None,
        "sort": sort,
        "sorts": list(SORTS),
        "page": page,
        "rows": [(row, sentence_of(row.clause, shown)) for row in page.rows],
        "kinds": [KindGroup(group).label for group in shown.kind_groups],
        "previous": next((t for t in neighbours if t.position < shown.position), None),
        "next": next((t for t in neighbours if t.position > shown.position), None),
        "reader": READER_RELEASE,
        "taxonomy": shown.release,
    }
    return render(request, "clauses/type.html", {**context, **(extra or {})})


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one category with its types and their counts."""
    shown = get_object_or_404(Category.objects.prefetch_related("types"), slug=slug)
    own = list(shown.types.all())
    counted = tallies(types=[clause_type.pk for clause_type in own])
    neighbours = Category.objects.filter(Q(position=shown.position - 1) | Q(position=shown.position + 1))
    context = {
        "category": shown,
        "types": [(clause_type, counted.get(clause_type.pk, Tally())) for clause_type in own],
        "previous": next((c for c in neighbours if c.position < shown.position), None),
        "next": next((c for c in neighbours if c.position > shown.position), None),
    }
    return render(request, "clauses/category.html", context)


def _choice(request: HttpRequest, name: str, values: list[str]) -> str:
    chosen = request.GET.get(name, "").strip()
    if chosen and chosen not in values:
        raise BadRequest(f"“{chosen}” is no {name}; it may be one of: {', '.join(values)}.")
    return chosen
