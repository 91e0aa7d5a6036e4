"""The earlier saves of a draft: who saved what and when, what differs, and restoring one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clauses.acts.restore_draft import restore_draft
from clauses.acts.save_draft import NotADraft, SavedByAnother, Unfit
from clauses.drafted import CHOICES, current_content
from clauses.models import Analysis, SavedDraft
from conductatlas.desk.access import needs
from conductatlas.desk.pages import person
from conductatlas.desk.reviewing import draft_record
from conductatlas.desk.write_conflict import differences, named
from conductatlas.desk.write_page import MEDIA
from conductatlas.pages.analysis import compared

SHOWN = 50
"""Saves on one page; older ones by the link at its end."""


@needs("clauses.change_analysis")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saves(request: HttpRequest, pk: int) -> HttpResponse:
    """List the saves of a draft, show what one of them has otherwise than the draft, or restore it."""
    analysis = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    if request.method == "POST":
        return _restored(request, analysis)
    kept = SavedDraft.objects.filter(analysis=analysis).select_related("by").defer("content")
    before = _number(request.GET.get("before"))
    listed = list(kept.filter(edition__lt=before)[: SHOWN + 1] if before else kept[: SHOWN + 1])
    chosen = _number(request.GET.get("edition"))
    shown = get_object_or_404(SavedDraft, analysis=analysis, edition=chosen) if chosen else None
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Earlier saves of “{analysis.title}”",
        "analysis": analysis,
        "saves": listed[:SHOWN],
        "older": listed[SHOWN - 1].edition if len(listed) > SHOWN else None,
        "shown": shown,
        "differences": differences(current_content(analysis), current_content(analysis) | shown.content)
        if shown
        else [],
        "media": MEDIA,
    }
    return TemplateResponse(request, "desk/write_saves.html", context)


def _restored(request: HttpRequest, analysis: Analysis) -> HttpResponse:
    edition, wanted = _number(request.POST.get("edition")), _number(request.POST.get("restore"))
    saved = get_object_or_404(SavedDraft, analysis=analysis, edition=wanted)
    try:
        after = restore_draft(analysis=analysis, saved=saved, edition=edition, by=person(request), at=timezone.now())
    except (SavedByAnother, NotADraft, Unfit) as refusal:
        messages.error(request, f"{refusal} Nothing was restored; look at the saves again.")
        return redirect("admin:desk:write_saves", analysis.pk)
    messages.success(request, f"Restored: edition {after.edition} says what edition {saved.edition} said.")
    return redirect("admin:desk:write", analysis.pk)


def _number(typed: str | None) -> int:
    """Return a number of an address, 0 where there is none. Raises Http404 for what is no number."""
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise Http404("An edition is a number.")
    return int(typed)


@needs("clauses.view_analysis")
@never_cache
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show field by field what a draft changes against the last revision, with laws and actions added and removed."""
    analysis = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    last = Analysis.objects.numbered().filter(clause=analysis.clause).exclude(pk=analysis.pk).last()
    undecided = [(name, named(name)) for name in CHOICES if not getattr(analysis, name)]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"What “{analysis.title}” changes",
        "analysis": analysis,
        "last": last,
        "undecided": undecided,
        "media": MEDIA,
    }
    if last is not None and not undecided:
        old, new = draft_record(last), draft_record(analysis)
        context["fields"] = compared(old, new)
        context["lists"] = [
            (label, *_added_and_removed(names(old), names(new)))
            for label, names in (("Laws", _law_names), ("Actions", _action_names), ("Agencies", _agency_names))
        ]
    return TemplateResponse(request, "desk/write_compare.html", context)


def _law_names(record: dict[str, Any]) -> list[str]:
    return [f"{law['short_name']}, {article['label']}" for law in record["laws"] for article in law["articles"]]


def _action_names(record: dict[str, Any]) -> list[str]:
    return [action["title"] for action in record["actions"]]


def _agency_names(record: dict[str, Any]) -> list[str]:
    return [agency["name"] for agency in record["agencies"]]


def _added_and_removed(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    return [name for name in new if name not in old], [name for name in old if name not in new]
