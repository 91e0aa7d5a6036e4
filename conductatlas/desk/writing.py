"""The page on which an analysis is written. Every button of its form saves first, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clauses.acts.check_draft import check_draft
from clauses.acts.publish import submit
from clauses.acts.restore_draft import before_latest, restore_draft
from clauses.acts.save_draft import NotADraft, SavedByAnother, Unfit, save_draft
from clauses.acts.start_draft import pin_anew, start_draft
from clauses.acts.take_back import take_back
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.drafted import Content, current_content
from clauses.models import Analysis, AnalysisState, Clause, Note
from clauses.published import byline
from conductatlas.desk.access import needs
from conductatlas.desk.pages import person
from conductatlas.desk.write_conflict import base_of, chosen, differences, latest_save
from conductatlas.desk.write_form import Form, arranged, content_from
from conductatlas.desk.write_page import Page, checks_as_html, closed_page, writers, writing_page


@needs("clauses.add_analysis")
@require_POST
def start(request: HttpRequest, clause: int) -> HttpResponse:
    """Start the draft of a clause, or go to the one that there is."""
    found = get_object_or_404(Clause.objects.with_names(), pk=clause)
    try:
        draft = start_draft(clause=found, by=person(request), at=timezone.now())
    except IncompleteAnalysis as fault:
        messages.error(request, str(fault))
        return redirect(found.get_absolute_url())
    return redirect("admin:desk:write", draft.pk)


@needs("clauses.change_analysis")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a draft, or save it and do what its button says."""
    analysis = get_object_or_404(Analysis.objects.with_names(), pk=pk)
    if request.method == "POST":
        return _saved(request, analysis)
    if analysis.state != AnalysisState.DRAFT:
        return closed_page(request, analysis)
    return writing_page(request, Page(analysis, Form(current_content(analysis), {}), analysis.edition))


def _saved(request: HttpRequest, analysis: Analysis) -> HttpResponse:
    do, _, target = request.POST.get("do", "save").partition(":")
    if do == "take_back":
        return _taken_back(request, analysis)
    edition = request.POST.get("edition", "")
    if not (edition.isascii() and edition.isdecimal() and len(edition) < 10):
        raise BadRequest("The form lacks the edition of the draft that it was opened with: open the page again.")
    mine = arranged(content_from(request.POST), do, target)
    if int(edition) == analysis.edition:
        mine = chosen(mine, current_content(analysis), request.POST)
    try:
        after = save_draft(analysis=analysis, edition=int(edition), content=mine, by=person(request), at=timezone.now())
    except (SavedByAnother, NotADraft, Unfit) as refusal:
        return _refused(request, analysis, mine, int(edition), refusal)
    analysis.refresh_from_db(fields=["edition", "severity"])
    if _wants_json(request):
        answer = {"edition": after.edition, "at": f"{timezone.now():%H:%M:%S}", "checks": checks_as_html(after)}
        return JsonResponse(answer)
    return _DONE.get(do, _stay)(request, after, target)


def _refused(request: HttpRequest, analysis: Analysis, mine: Content, edition: int, refusal: Exception) -> HttpResponse:
    """Answer with what was typed, why it was not saved, and what another wrote if that is the reason."""
    analysis.refresh_from_db()
    faults = refusal.faults if isinstance(refusal, Unfit) else {}
    status = 422 if faults else 409
    by = latest_save(analysis)
    if _wants_json(request):
        said = f"{by.who} saved this draft at {by.at:%H:%M} UTC." if by and not faults else str(refusal)
        return JsonResponse({"said": said, "faults": faults}, status=status)
    page = Page(analysis, Form(mine, faults), edition, said=str(refusal), faults=faults, status=status)
    if isinstance(refusal, SavedByAnother):
        page.said, page.edition, page.saved = "Somebody else saved this draft meanwhile.", analysis.edition, by
        page.differences = differences(current_content(analysis), mine, base_of(analysis.pk, edition))
    return writing_page(request, page)


def _taken_back(request: HttpRequest, analysis: Analysis) -> HttpResponse:
    try:
        take_back(analysis=analysis)
    except NotADraft as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, "It is a draft again; a signature that it had is void.")
    return redirect("admin:desk:write", analysis.pk)


def _stay(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    messages.success(request, f"Saved as edition {analysis.edition}.")
    return redirect("admin:desk:write", analysis.pk)


def _add(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    """Go to the empty row at the end of a part."""
    part = target if target in ("actions", "laws", "agencies") else "laws"
    number = len(current_content(analysis)[part])
    first = {"actions": "title", "laws": "article", "agencies": "agency"}[part]
    place = f"{part}-{number}-{first}"
    return redirect(f"{reverse('admin:desk:write', args=[analysis.pk])}?at={place}#{place}")


def _preview(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    return redirect("admin:desk:preview", analysis.pk)


def _compare(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    return redirect("admin:desk:write_compare", analysis.pk)


def _undo(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    saved = before_latest(analysis)
    if saved is None:
        messages.error(request, "There is no earlier save to go back to.")
    else:
        after = restore_draft(
            analysis=analysis, saved=saved, edition=analysis.edition, by=person(request), at=timezone.now()
        )
        messages.success(request, f"Undone: edition {after.edition} says what edition {saved.edition} said.")
    return redirect("admin:desk:write", analysis.pk)


def _note(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    words = request.POST.get("note_words", "").strip()
    if words:
        Note.objects.create(
            clause_id=analysis.clause_id, analysis=analysis, words=words, by=person(request), at=timezone.now()
        )
        messages.success(request, "Your note is kept; only the desk sees it.")
    return redirect(f"{reverse('admin:desk:write', args=[analysis.pk])}#notes")


def _assign(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    wanted = request.POST.get("assigned_to", "")
    chosen_one = next((user for user in writers() if str(user.pk) == wanted), None)
    analysis.assigned_to = chosen_one
    analysis.save(update_fields=["assigned_to"])
    name = byline(chosen_one) or "nobody"
    messages.success(request, f"Assigned to {name}.")
    return redirect("admin:desk:write", analysis.pk)


def _pin(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    try:
        pin_anew(draft=analysis)
    except IncompleteAnalysis as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"Pinned to the words as they stand in version {analysis.version.number}.")
    return redirect("admin:desk:write", analysis.pk)


def _submit(request: HttpRequest, analysis: Analysis, target: str) -> HttpResponse:
    try:
        submit(analysis=analysis)
    except IncompleteAnalysis:
        faults: dict[str, str] = {}
        for fault in (fault for check in check_draft(analysis) if check.refuses for fault in check.faults):
            faults[fault.place] = f"{faults[fault.place]} {fault.what}" if fault.place in faults else fault.what
        said = "It is saved, and not handed to review yet."
        form = Form(current_content(analysis), faults)
        return writing_page(request, Page(analysis, form, analysis.edition, said=said, faults=faults, status=422))
    messages.success(request, f"“{analysis.title}” waits for review. Somebody else than its author signs it.")
    return redirect("admin:desk:write", analysis.pk)


_DONE: dict[str, Callable[[HttpRequest, Analysis, str], HttpResponse]] = {
    "add": _add,
    "preview": _preview,
    "compare": _compare,
    "undo": _undo,
    "note": _note,
    "assign": _assign,
    "pin": _pin,
    "submit": _submit,
}
"""What the buttons do once the draft is saved; every other one leads back to the page."""


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
