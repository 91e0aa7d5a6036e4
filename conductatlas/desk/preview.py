"""Shows a draft exactly as its readers will see it: the clause page, drawn from the record that it would be."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clauses.acts.derive_clauses import derive_as_if
from clauses.drafted import CHOICES
from clauses.find import find_clause
from clauses.models import Analysis, AnalysisState, Clause, State
from clauses.models.analysis import NUMBERED
from conductatlas.desk.access import needs
from conductatlas.desk.reviewing import draft_record
from conductatlas.desk.write_conflict import named
from conductatlas.pages.clause import page_context
from platforms.published import canonical

NOBODY_YET = "(nobody yet)"
"""In the place of the reviewer, until somebody signed."""


@needs("clauses.view_analysis")
@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the clause page as it would be if the draft were published now."""
    draft = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    clause = draft.clause
    if draft.state in NUMBERED:
        return redirect(clause.get_absolute_url())
    undecided = [(name, named(name)) for name in CHOICES if not getattr(draft, name)]
    if undecided:
        title = "No preview yet"
        context = {**admin.site.each_context(request), "title": title, "analysis": draft, "undecided": undecided}
        return TemplateResponse(request, "desk/preview_not_yet.html", context)
    found = find_clause(clause.document.platform.slug, clause.document.slug, clause.slug)
    as_published(found, draft, timezone.now())
    context = page_context(found) | {"draft": draft}
    for earlier in context["revisions"][1:]:
        if earlier.state == AnalysisState.PUBLISHED:
            earlier.state = AnalysisState.SUPERSEDED
    response = TemplateResponse(request, "desk/preview.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def as_published(found: Clause, draft: Analysis, at: datetime) -> None:
    """Make a clause in memory what it will be once its draft is published. Nothing of it may be saved."""
    draft.published_at = at
    record = draft_record(draft, at=at)
    if not record["reviewed"]["by"]:
        record["reviewed"]["by"] = NOBODY_YET
    draft.record = canonical(record)
    draft.sha256 = hashlib.sha256(draft.record).digest()
    draft.number, draft.state = record["revision"], AnalysisState.PUBLISHED
    found.analysis, found.state, found.severity, found.title = draft, State.PUBLISHED, draft.severity, draft.title
    derive_as_if(found, stance=draft.stance, pinned=[bytes(pin.sha256) for pin in draft.pins.all()])
