"""Review at the desk: what waits for a second person, and what is signed and waits for publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clauses.acts.publish import publish, retract, review, send_back
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models import Analysis, AnalysisState, State
from conductatlas.desk.access import forbidden, needs
from conductatlas.desk.pages import person
from conductatlas.desk.reviewing import draft_record, fields_for_review, may_sign, wrote_on

ACTS = {
    "sign": "clauses.review_analysis",
    "send_back": "clauses.review_analysis",
    "publish": "clauses.publish_analysis",
    "retract": "clauses.retract_analysis",
}
"""What a form of the review page may ask for, and the permission it needs."""


@needs("clauses.view_analysis")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for review and what waits for publication, the oldest first."""
    waiting, asking = Analysis.objects.in_review().with_names(), person(request)
    wrote = wrote_on(asking)
    context = {
        **admin.site.each_context(request),
        "title": "Reviews",
        "unsigned": [(one, may_sign(one, asking, wrote)) for one in waiting.filter(reviewed_by=None)],
        "signed": waiting.exclude(reviewed_by=None),
    }
    return TemplateResponse(request, "desk/reviews.html", context)


@needs("clauses.view_analysis")
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one analysis as readers will see it, what it changes, the notes, and the acts that its state allows."""
    analysis = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    return _page(request, analysis)


@needs("clauses.view_analysis")
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign, send back, publish or retract; a refusal shows the page again with what was typed."""
    analysis = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    asked = request.POST.get("act", "")
    permission = ACTS.get(asked)
    if permission is None:
        return _page(request, analysis, fault="That is no act of this page; choose one of its buttons.", status=400)
    if not request.user.has_perm(permission):
        return forbidden(request, permission)
    try:
        said = _done(asked, analysis, request)
    except IncompleteAnalysis as fault:
        return _page(request, analysis, fault=str(fault), status=422)
    messages.success(request, said)
    return redirect("admin:desk:reviews")


def _done(asked: str, analysis: Analysis, request: HttpRequest) -> str:
    """Do what was asked and return the sentence that says so."""
    by, now, words = person(request), timezone.now(), request.POST.get("words", "")
    name = f"{analysis.clause.record_id} “{analysis.title}”"

    def signed() -> str:
        review(analysis=analysis, by=by, at=now)
        return f"You signed the review of {name}. An editor can publish it now."

    def sent() -> str:
        send_back(analysis=analysis, remarks=words, by=by, at=now)
        return f"{name} went back to its author with your remarks."

    def published() -> str:
        publish(analysis=analysis, at=now)
        return f"{name} is published as revision {analysis.number}."

    def retracted() -> str:
        retract(clause=analysis.clause, reason=words, by=by, at=now)
        return f"{name} is retracted; its page says why."

    acts: dict[str, Callable[[], str]] = {
        "sign": signed, "send_back": sent, "publish": published, "retract": retracted,
    }  # fmt: skip
    return acts[asked]()


def _page(request: HttpRequest, analysis: Analysis, *, fault: str = "", status: int = 200) -> HttpResponse:
    asking = person(request)
    record = draft_record(analysis)
    fields, last = fields_for_review(analysis, record)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Review of “{analysis.title}”",
        "analysis": analysis,
        "clause": analysis.clause,
        "record": record,
        "fields": fields,
        "last": last,
        "notes": analysis.clause.notes.select_related("by"),
        "fault": fault,
        "typed": request.POST.get("words", ""),
        "may_sign": may_sign(analysis, asking, wrote_on(asking)),
        "in_review": analysis.state == AnalysisState.IN_REVIEW,
        "is_published": analysis.clause.state == State.PUBLISHED and analysis.state == AnalysisState.PUBLISHED,
        "trail": f"{reverse('admin:desk:audit')}?record={analysis.clause.record_id}",
    }
    return TemplateResponse(request, "desk/review.html", context, status=status)
