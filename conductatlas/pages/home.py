"""The home page: what this is, what changed lately, how platforms stand, and an index."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord
from clauses.figures import Tally, tallies
from clauses.models import Basis, Clause, ClauseType, Coverage, State
from conductatlas.pages.activity import MONTH, since
from conductatlas.pages.figures import site_figures
from platforms.models import Platform, Sector

PLATE_TYPES = (
    "ai-training-on-user-content",
    "mandatory-arbitration",
    "class-action-waiver",
    "sale-of-personal-data",
    "precise-location",
    "content-license-to-platform",
    "unilateral-terms-change",
    "account-termination",
    "automatic-renewal",
)
PLATE_PLATFORMS = 11
LATEST_CHANGES = 6
LATEST_ANALYSES = 6
MOST_MET = 8


@dataclass(frozen=True, slots=True)
class PlateRow:
    """A platform with its coverage of the plate's types, in their order."""

    platform: Platform
    cells: list[Coverage | None]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    month = since(timezone.now(), MONTH)
    types = {clause_type.slug: clause_type for clause_type in ClauseType.objects.select_related("category")}
    counted = tallies()
    by_type = {clause_type: counted.get(clause_type.pk, Tally()) for clause_type in types.values()}
    most_met = sorted(by_type.items(), key=lambda pair: (-pair[1].do, pair[0].position))
    plate_types = [types[slug] for slug in PLATE_TYPES if slug in types]
    context = {
        "figures": site_figures(),
        "analysed": _latest_analyses(),
        "latest": _latest_changes(),
        "lately": ChangeRecord.objects.shown().counted().since(month).count(),
        "month": month,
        "plate_types": plate_types,
        "plate": _plate(plate_types),
        "most_met": [pair for pair in most_met[:MOST_MET] if pair[1].do],
        "sectors": Sector.objects.with_platforms(),
        "basis": Basis.MACHINE,
    }
    return render(request, "pages/home.html", context)


def _latest_analyses() -> list[Clause]:
    """Return the clauses about which something was published last, one of a platform."""
    clauses = (
        Clause.objects.standing_now()
        .counted()
        .filter(state=State.PUBLISHED)
        .select_related("analysis", "type", "document__platform")
        .defer("analysis__record")
        .order_by("-analysis__published_at")[: 5 * LATEST_ANALYSES]
    )
    chosen: dict[int, Clause] = {}
    for clause in clauses:
        chosen.setdefault(clause.document.platform_id, clause)
    return list(chosen.values())[:LATEST_ANALYSES]


def _latest_changes() -> list[ChangeRecord]:
    """Return the latest changes of the platforms that figures are about."""
    return list(ChangeRecord.objects.shown().counted().with_names().latest_first()[:LATEST_CHANGES])


def _plate(types: list[ClauseType]) -> list[PlateRow]:
    """Return the platforms of which most documents were read, by name, with what is known of them."""
    most_read = (
        Platform.objects.counted()
        .annotate(kept=Count("documents__versions"))
        .order_by("-kept", "pk")[:PLATE_PLATFORMS]
        .values_list("pk", flat=True)
    )
    rows = (
        Coverage.objects.counted()
        .filter(platform__in=list(most_read), type__in=types)
        .select_related("platform", "clause__document__platform")
    )
    cells: dict[int, dict[int, Coverage]] = {}
    platforms: dict[int, Platform] = {}
    for row in rows:
        cells.setdefault(row.platform_id, {})[row.type_id] = row
        platforms[row.platform_id] = row.platform
    return [
        PlateRow(platform, [cells[platform.pk].get(clause_type.pk) for clause_type in types])
        for platform in sorted(platforms.values(), key=lambda p: p.sort_name)
    ]
