"""One proposed clause at a time: its words in their document, what decided, and what can be done; then the next."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clauses.acts.decide import split
from clauses.acts.merge import merge
from clauses.acts.start_draft import start_draft
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models import Clause, ClauseType, Severity, State
from conductatlas.desk.access import needs
from conductatlas.desk.deciding import REASONS, decide, people
from conductatlas.desk.pages import page, person, refuse
from conductatlas.desk.places import latest_version, places
from conductatlas.desk.proposals import Asked, asked
from conductatlas.desk.undoing import KEPT

STAYS = ("retitle", "weigh", "assign", "retype")
"""Acts after which the clause still waits, and stays before the curator."""


@needs("clauses.change_clause")
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one clause, or decide it and go on to the next."""
    related = (
        "type__explanation",
        "found_as",
        "document__platform",
        "document__latest_version__text",
        "quoted",
        "assigned_to",
        "merged_into",
    )
    clause = get_object_or_404(Clause.objects.select_related(*related), pk=pk)
    what = asked(request)
    if request.method == "POST":
        return _act(request, clause, what)
    version = latest_version(clause)
    following = what.after(clause)
    return page(
        request,
        "desk/proposal.html",
        clause.title,
        clause=clause,
        version=version,
        places=places(clause, version) if version is not None else [],
        asked=what,
        before=what.before(clause),
        after=following,
        others=Clause.objects.shown().filter(document=clause.document).exclude(pk=pk).in_document_order(),
        types=ClauseType.objects.order_by("name"),
        people=people(),
        reasons=REASONS,
        significances=Severity.choices,
        is_open=clause.state == State.PROPOSED,
        can_undo=KEPT in request.session,
    )


def _act(request: HttpRequest, clause: Clause, what: Asked) -> HttpResponse:
    act, here = request.POST.get("act", ""), _address(clause, what)
    following = what.after(clause)  # asked before the act, which takes this one out of the queue
    on = _address(following, what) if following is not None else f"{reverse('admin:desk:proposed')}?{what.query}"
    try:
        if act == "skip":
            return HttpResponseRedirect(on)
        if act == "accept":
            draft = start_draft(clause=clause, by=person(request), at=timezone.now())
            return HttpResponseRedirect(reverse("admin:desk:write", args=[draft.pk]))
        if act == "merge":
            messages.success(request, _merge(request, clause))
        elif act == "split":
            messages.success(request, _split(request, clause))
        else:
            messages.success(request, decide(request, [clause.pk]))
    except (ValidationError, IncompleteAnalysis) as fault:
        refuse(request, fault)
        return HttpResponseRedirect(here)
    return HttpResponseRedirect(here if act in (*STAYS, "split") else on)


def _merge(request: HttpRequest, clause: Clause) -> str:
    chosen = request.POST.get("into", "")
    into = Clause.objects.filter(pk=int(chosen), document=clause.document).first() if chosen.isdecimal() else None
    if into is None:
        raise ValidationError("Choose the clause of this document that it is merged into.")
    merge(clause=clause, into=into, at=timezone.now())
    request.session.pop(KEPT, None)
    return f"{clause.record_id}: merged into {into.record_id}. Its address leads there now."


def _split(request: HttpRequest, clause: Clause) -> str:
    passages = [int(pk) for pk in request.POST.getlist("passage") if pk.isdecimal()]
    made = split(clause=clause.pk, passages=passages, at=timezone.now())
    request.session.pop(KEPT, None)
    return f"{made.record_id}: made of the chosen passages. {clause.record_id} keeps the others."


def _address(clause: Clause, what: Asked) -> str:
    query = f"?{what.query}" if what.query else ""
    return f"{reverse('admin:desk:proposal', args=[clause.pk])}{query}"
