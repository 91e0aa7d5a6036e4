"""The gallery: each component in every state, for those who work on the templates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clauses.figures import Tally
from clauses.models import CoverageState, Stance, Standing

TALLIES = (
    ("All states", Tally(does=41, conditional=19, denies=12, unstated=5, none=96, unread=39)),
    ("Nothing read", Tally(unread=12)),
    ("All read, one platform", Tally(does=1)),
    ("Nothing at all", Tally()),
)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    context = {
        "stances": list(Stance),
        "standings": list(Standing),
        "coverage": list(CoverageState),
        "tallies": TALLIES,
    }
    return render(request, "pages/gallery.html", context)
