"""What can be taken along of a revision: its print, its evidence, its picture. Each file is a rendering by value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from conductatlas.printing.bundle import bundle as bundled
from conductatlas.printing.card import card as drawn
from conductatlas.printing.record import printed
from conductatlas.records.frozen import Frozen, find_frozen
from conductatlas.records.named import named


@require_safe
def record_pdf(request: HttpRequest, written: str, number: str) -> HttpResponseBase:
    """Answer with a revision as PDF."""
    return _file(request, "record_pdf", written, number, printed, "pdf", "application/pdf")


@require_safe
def bundle(request: HttpRequest, written: str, number: str) -> HttpResponseBase:
    """Answer with the evidence of a revision as a ZIP file."""
    return _file(request, "bundle", written, number, bundled, "zip", "application/zip")


@require_safe
def card(request: HttpRequest, written: str, number: str) -> HttpResponseBase:
    """Answer with the picture of a revision that shared links show."""
    return _file(request, "card", written, number, drawn, "png", "image/png")


def _file(
    request: HttpRequest,
    name: str,
    written: str,
    number: str,
    make: Callable[[Frozen], bytes],
    ending: str,
    content_type: str,
) -> HttpResponseBase:
    """Answer with a file made of a revision; whoever has it asks by its hash whether it is still the same.

    Not more can be promised of it than that: what becomes of the revision later is said in it.
    """
    record = named(written)
    right = reverse(name, args=[str(record), int(number)])
    if request.path != right:
        return HttpResponsePermanentRedirect(right)
    frozen = find_frozen(record, int(number))
    body = make(frozen)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type=content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    placed = "attachment" if ending == "zip" else "inline"
    answer["Content-Disposition"] = f'{placed}; filename="{record}-v{frozen.number}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer
