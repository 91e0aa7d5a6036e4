"""/verify/: somebody has a hash, a file or words, and asks which record holds them. No account, no JavaScript."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from conductatlas.records.ids import parse_record_id
from conductatlas.records.lookup import Answer, by_file, by_hash, by_words, hash_in
from platforms.find_words import Unfit, asked_words, unindexed

LONGEST = 20_000
"""Characters that are taken as pasted words."""
LARGEST = 32 * 1024 * 1024
"""Bytes of a file; nothing larger is kept here."""
SHAREABLE = 1500
"""Characters of an address by which an answer can be handed on."""


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form, and the answer where something was asked."""
    asked = (request.POST if request.method == "POST" else request.GET).get("q", "").replace("\x00", "")
    uploaded = request.FILES.get("file") if request.method == "POST" else None
    if uploaded is not None:
        if (uploaded.size or 0) > LARGEST:
            limit = LARGEST // 1024 // 1024
            return _page(request, "", refused=f"A file may have {limit} MB; no document kept here is larger.")
        return _page(request, "", answer=by_file(uploaded.read()), file=uploaded.name)
    if not asked.strip():
        return _page(request, "", refused="Give a hash, words or a file." if request.method == "POST" else "")
    record = parse_record_id(asked)
    if record is not None:
        return HttpResponseRedirect(reverse("record", args=[str(record)]))
    address = f"{reverse('verify')}?{urlencode({'q': asked.strip()})}"
    if request.method == "POST" and len(address) <= SHAREABLE:
        return HttpResponseRedirect(address)
    return _answered(request, asked)


def _answered(request: HttpRequest, asked: str) -> HttpResponse:
    sha256 = hash_in(asked)
    if sha256 is not None:
        return _page(request, asked, answer=by_hash(sha256))
    if len(asked) > LONGEST:
        return _page(request, asked[:LONGEST], refused=f"At most {LONGEST:,} characters: give a whole text as a file.")
    try:
        words = asked_words(asked)
    except Unfit as unfit:
        return _page(request, asked, refused=str(unfit))
    return _page(request, asked, answer=by_words(asked, words), waiting=unindexed())


def _page(
    request: HttpRequest,
    asked: str,
    *,
    answer: Answer | None = None,
    refused: str = "",
    file: str | None = "",
    waiting: int = 0,
) -> HttpResponse:
    context = {
        "asked": asked,
        "answer": answer,
        "refused": refused,
        "file": file,
        "waiting": waiting,
        "is_filtered_page": bool(asked or file),
    }
    return render(request, "records/verify.html", context, status=422 if refused else 200)
