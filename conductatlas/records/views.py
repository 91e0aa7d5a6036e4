"""Permalinks: /r/<record id> leads to the record as it is now, /r/<record id>/v<n> is one revision of it for ever."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from changes.find import find_change
from changes.models import ChangeRecord
from clauses.find import RELATED as CLAUSE_RELATED
from clauses.find import refuse_erased
from clauses.models import Clause, State
from conductatlas.records.change_json import change_record
from conductatlas.records.cite.links import signpost
from conductatlas.records.frozen import find_frozen
from conductatlas.records.ids import RecordId, parse_written
from conductatlas.records.json import clause_record, document_record, rejected_record
from conductatlas.records.named import named, no_number
from conductatlas.records.revision import page_context
from platforms.find import Moved
from platforms.models import Document


@require_safe
def record(request: HttpRequest, written: str) -> HttpResponse:
    """Redirect to the page of a record as it is now."""
    return HttpResponseRedirect(_find(named(written)).get_absolute_url())


@require_safe
def record_json(request: HttpRequest, written: str) -> HttpResponse:
    """Answer with a record for programs."""
    found, status = _find(named(written)), 200
    if isinstance(found, Clause):
        if found.state == State.MERGED and found.merged_into is not None:
            raise Moved(written=found.merged_into.record_id)
        refuse_erased(found)
        is_rejected = found.state == State.REJECTED
        answer, status = (rejected_record(found), 410) if is_rejected else (clause_record(found), 200)
    elif isinstance(found, ChangeRecord):
        answer = change_record(find_change(found.pk))
    else:
        answer = document_record(found)
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def revision(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Show one revision of a record as it was stored, for ever."""
    asked, at = named(written), request.GET.get("at", "")
    context = page_context(find_frozen(asked, int(number)), at)
    return signpost(render(request, "records/revision.html", context), context["citing"])


@require_safe
def revision_json(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Answer with the exact bytes of a revision, of which its hash is."""
    frozen = find_frozen(named(written), int(number))
    name = f"{frozen.record}-v{frozen.number}.json"
    return HttpResponse(
        frozen.content,
        content_type="application/json",
        headers={"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@require_safe
def forgiven(request: HttpRequest, written: str) -> HttpResponse:
    """Redirect from a spelling of a record id, with or without a revision, to the one address that it has."""
    found = parse_written(written)
    if found is None:
        raise no_number(written)
    arguments = [str(found.record)] if found.number is None else [str(found.record), found.number]
    right = reverse("record" if found.number is None else "revision", args=arguments) + found.suffix
    try:
        known = resolve(right)
    except Resolver404:
        known = None
    if known is None or known.func == forgiven:
        raise Http404(f"{found.record!s} cannot be had as “{found.suffix}”.")
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(right + (f"?{query}" if query else ""))


@require_safe
def feed_forgiven(request: HttpRequest, written: str) -> HttpResponse:
    """Redirect from a spelling of a clause's number to the feed of its changes."""
    found = parse_written(written)
    number = str(found.record).removeprefix("CA-P-") if found is not None else ""
    if not number.isdigit() or number == written.removeprefix("CA-P-"):
        raise no_number(written)
    return HttpResponsePermanentRedirect(reverse("feed_clause", args=[number]))


def _find(named: RecordId) -> Clause | Document | ChangeRecord:
    found: Clause | Document | ChangeRecord | None = None
    if named.letter == "P":
        found = Clause.objects.select_related(*CLAUSE_RELATED).filter(pk=named.number).first()
    elif named.letter == "D":
        related = ("platform__operator", "collection", "latest_version__snapshot", "latest_version__text")
        found = (
            Document.objects.select_related(*related)
            .defer("latest_version__text__body")
            .filter(pk=named.number)
            .first()
        )
    elif named.letter == "C":
        found = ChangeRecord.objects.filter(pk=named.number).first()
    if found is None:
        raise Http404(f"There is no record {named} here.")
    return found
