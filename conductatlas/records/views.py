"""Permalinks: /r/<record id> leads to the record as it is now, /r/<record id>.json gives it to programs."""

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
from django.urls import reverse
from django.views.decorators.http import require_safe

from changes.find import find_change
from changes.models import ChangeRecord
from clauses.find import RELATED as CLAUSE_RELATED
from clauses.models import Clause, State
from conductatlas.records.change_json import change_record
from conductatlas.records.frozen import find_frozen
from conductatlas.records.ids import RecordId, parse_record_id
from conductatlas.records.json import clause_record, document_record
from platforms.models import Document


@require_safe
def record(request: HttpRequest, written: str) -> HttpResponse:
    """Redirect to the page of a record; a forgiven spelling goes to the right one first."""
    named = _named(written)
    if str(named) != written:
        return HttpResponsePermanentRedirect(reverse("record", args=[str(named)]))
    return HttpResponseRedirect(_find(named).get_absolute_url())


@require_safe
def record_json(request: HttpRequest, written: str) -> HttpResponse:
    """Answer with a record for programs."""
    named = _named(written)
    if str(named) != written:
        return HttpResponsePermanentRedirect(reverse("record_json", args=[str(named)]))
    found = _find(named)
    if isinstance(found, Clause):
        if found.state == State.MERGED and found.merged_into is not None:
            return HttpResponsePermanentRedirect(reverse("record_json", args=[found.merged_into.record_id]))
        answer = clause_record(found)
    elif isinstance(found, ChangeRecord):
        answer = change_record(find_change(found.pk))
    else:
        answer = document_record(found)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def revision(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Show one revision of a record as it was stored, for ever."""
    named = _named(written)
    if request.path != (right := reverse("revision", args=[str(named), int(number)])):
        return HttpResponsePermanentRedirect(right)
    frozen = find_frozen(named, int(number))
    return render(request, "records/revision.html", {"frozen": frozen, "record": frozen.value})


@require_safe
def revision_json(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Answer with the exact bytes of a revision, of which its hash is."""
    named = _named(written)
    if request.path != (right := reverse("revision_json", args=[str(named), int(number)])):
        return HttpResponsePermanentRedirect(right)
    return HttpResponse(find_frozen(named, int(number)).content, content_type="application/json")


def _named(written: str) -> RecordId:
    named = parse_record_id(written)
    if named is None:
        raise Http404(
            f"“{written}” is no record number. They look like CA-P-000123 (a clause),"
            " CA-D-00045 (a document) or CA-C-000678 (a change)."
        )
    return named


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
