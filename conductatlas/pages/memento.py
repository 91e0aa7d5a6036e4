"""TimeGate and TimeMap of a document (RFC 7089): which version stood at a time, and all there are, for programs."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from conductatlas.records.ids import parse_record_id
from platforms import memento
from platforms.models import Document
from platforms.text.link_format import LINK_FORMAT, read_http_date
from platforms.text.web_addresses import is_web_address
from platforms.timemap import TimeMap, in_json, in_link_format, timemap


@require_safe
def timegate(request: HttpRequest, written: str) -> HttpResponse:
    """Send a program to the version that stood at the time of its Accept-Datetime header, or else to the latest.

    The document is named by its record id, or by the address where it is published; where several documents are
    published at one address, the answer is 300 with all of them.
    """
    if is_web_address(written):
        query = request.META.get("QUERY_STRING", "")
        documents = memento.documents_at(f"{written}?{query}" if query else written)
        if not documents:
            raise Http404("No document that is kept here is published at that address.")
        if len(documents) > 1:
            return _varying(render(request, "pages/timegate.html", {"documents": documents}, status=300))
        return _negotiated(request, documents[0])
    document = _named(written)
    if document.record_id != written:
        return HttpResponsePermanentRedirect(reverse("timegate", args=[document.record_id]))
    return _negotiated(request, document)


@require_safe
def timemap_link(request: HttpRequest, written: str) -> HttpResponse:
    """List the mementos of a document in link format."""
    document = _named(written)
    if document.record_id != written:
        return HttpResponsePermanentRedirect(reverse("timemap_link", args=[document.record_id]))
    return _for_programs(HttpResponse(in_link_format(_page(request, document)), content_type=LINK_FORMAT))


@require_safe
def timemap_json(request: HttpRequest, written: str) -> HttpResponse:
    """List the mementos of a document as JSON, in the form that Memento aggregators use."""
    document = _named(written)
    if document.record_id != written:
        return HttpResponsePermanentRedirect(reverse("timemap_json", args=[document.record_id]))
    return _for_programs(JsonResponse(in_json(_page(request, document)), json_dumps_params={"indent": 2}))


def _named(written: str) -> Document:
    named = parse_record_id(written)
    if named is None or named.letter != "D":
        raise Http404(
            f"“{written}” is no document. Documents are named like CA-D-00045, or by where they are published."
        )
    found = Document.objects.select_related("platform").filter(pk=named.number).first()
    if found is None:
        raise Http404(f"There is no document {named} here.")
    return found


def _page(request: HttpRequest, document: Document) -> TimeMap:
    page = timemap(document, after=request.GET.get("after", ""))
    if not page.rows:
        raise Http404(f"No version of the {document.full_title} can be read.")
    return page


def _negotiated(request: HttpRequest, document: Document) -> HttpResponse:
    written = request.headers.get("Accept-Datetime")
    at = read_http_date(written) if written is not None else None
    if written is not None and at is None:
        raise BadRequest(
            f"“{written}” is no time that Accept-Datetime may name; write it like Sat, 02 May 2026 06:00:00 GMT."
        )
    chosen = memento.at_time(document, at)
    if chosen is None:
        raise Http404(f"No version of the {document.full_title} can be read.")
    chosen.document = document
    answer = HttpResponse(status=302, headers={"Location": memento.address_of(chosen)})
    return _varying(memento.add_links(answer, [*memento.links_of(document), *memento.neighbours(chosen)]))


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["accept-datetime"])
    return response


def _for_programs(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
