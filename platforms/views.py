"""Pages drawn from the evidence alone: index of platforms, exact texts and bytes."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from platforms.find import find_version
from platforms.keyset import keyset_page
from platforms.memento import add_links, mark_as_memento
from platforms.models import Document, Operator, Platform, Sector
from platforms.text.slugs import sort_key

PLATFORMS_A_PAGE = 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the platforms, by name, filtered by sector, operator and words of a name."""
    words, sector, operator = (request.GET.get(key, "").strip() for key in ("q", "sector", "operator"))
    platforms = Platform.objects.counted().select_related("operator", "sector")
    if words:
        platforms = platforms.filter(sort_name__contains=sort_key(words))
    if sector:
        platforms = platforms.filter(sector__slug=sector)
    if operator:
        platforms = platforms.filter(operator__slug=operator)
    page = keyset_page(
        platforms.annotate(document_count=Count("documents")),
        order=["sort_name", "pk"],
        after=request.GET.get("after", ""),
        size=PLATFORMS_A_PAGE,
    )
    context = {
        "page": page,
        "total": platforms.count(),
        "words": words,
        "sectors": Sector.objects.with_platforms(),
        "sector": sector,
        "operator": Operator.objects.filter(slug=operator).first() if operator else None,
        "is_filtered": bool(words or sector or operator),
    }
    return render(request, "platforms/index.html", context)


@require_safe
def text(request: HttpRequest, platform: str, document: str, number: int) -> HttpResponse:
    """Answer with exactly the UTF-8 whose SHA-256 the version states."""
    version = find_version(platform, document, number)
    name = _name(version.document, number)
    if version.text is None:
        return _download(b"", f"{name}.txt", "text/plain; charset=utf-8", status=404)
    answer = _download(version.text.body.encode(), f"{name}.txt", "text/plain; charset=utf-8")
    return mark_as_memento(add_links(answer, [_collection(version.document, number)]), version)


@require_safe
def raw(request: HttpRequest, platform: str, document: str, number: int) -> HttpResponse:
    """Answer with the exact bytes of the snapshot, as an attachment that no browser renders (rule 13)."""
    version = find_version(platform, document, number)
    answer = _download(version.snapshot.body(), f"{_name(version.document, number)}.bin", "application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{_name(version.document, number)}.bin"'
    return mark_as_memento(add_links(answer, [_collection(version.document, number)]), version)


def _collection(document: Document, number: int) -> str:
    """Return the link from a file to the permanent page of its version, of which it is an item (FAIR Signposting)."""
    page = settings.SITE_URL + reverse("revision", args=[document.record_id, number])
    return f'<{page}>; rel="collection"; type="text/html"'


def _name(document: Document, number: int) -> str:
    return f"{document.record_id}-v{number}"


def _download(body: bytes, name: str, content_type: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        body,
        content_type=content_type,
        status=status,
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        },
    )
