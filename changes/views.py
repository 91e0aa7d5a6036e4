"""The index of changes: the latest first, narrowed by what was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changes.change_index import asked
from platforms.keyset import keyset_page

CHANGES_A_PAGE = 25
LATEST_FIRST = ["-observed_before", "-pk"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the change records that are shown, by the filters asked for."""
    question = asked(request.GET)
    page = keyset_page(
        question.records().with_names(),
        order=LATEST_FIRST,
        after=request.GET.get("after", ""),
        size=CHANGES_A_PAGE,
    )
    severities = question.severities()
    chosen = next(f.chosen for f in question.filters if f.name == "severity")
    context = {
        "asked": question,
        "page": page,
        "severities": severities,
        "total": sum(number for severity, number in severities if not chosen or severity == chosen),
    }
    return render(request, "changes/index.html", context)
