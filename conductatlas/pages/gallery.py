"""The gallery: each component in every state, for those who work on the templates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.figures import Tally
from clauses.models import CoverageState, Ground, Severity, Stance, Standing
from conductatlas.pages.timeline import Block, Flag, Timeline, timeline

TALLIES = (
    ("All states", Tally(does=41, conditional=19, denies=12, unstated=5, none=96, unread=39)),
    ("Nothing read", Tally(unread=12)),
    ("All read, one platform", Tally(does=1)),
    ("Nothing at all", Tally()),
)


SPLITS = (
    ("All three", [(Severity.HIGH, 7), (Severity.MEDIUM, 14), (Severity.LOW, 7)]),
    ("One clause", [(Severity.HIGH, 0), (Severity.MEDIUM, 1), (Severity.LOW, 0)]),
    ("Many and few", [(Severity.HIGH, 1), (Severity.MEDIUM, 97), (Severity.LOW, 2)]),
)


def _timelines() -> list[tuple[str, Timeline]]:
    start = datetime(2024, 2, 14, tzinfo=UTC)
    moments = [start + timedelta(days=60 * n) for n in range(14)]
    blocks = [
        Block("Wording 1", moments[0], moments[5], is_now=False),
        Block("Wording 2", moments[5], moments[9], is_now=False),
        Block("Wording 3", moments[9], moments[-1], is_now=True),
    ]
    many = [Block(f"Wording {n + 1}", moments[n], moments[n + 1], is_now=False) for n in range(12)]
    flags = [Flag("analysis 1", moments[6]), Flag("analysis 2", moments[10])]
    return [
        ("Three wordings and two analyses", timeline(moments, blocks, flags)),
        ("Twelve wordings", timeline(moments, many)),
        ("One version", timeline(moments[:1], [Block("Wording 1", moments[0], moments[0], is_now=True)])),
        ("Ten years", timeline([start, start + timedelta(days=3650)], [Block("Wording 1", start, start, is_now=True)])),
    ]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    context = {
        "stances": list(Stance),
        "standings": list(Standing),
        "coverage": list(CoverageState),
        "tallies": TALLIES,
        "severities": list(Severity),
        "grounds": list(Ground),
        "splits": SPLITS,
        "timelines": _timelines(),
    }
    return render(request, "pages/gallery.html", context)
