"""Turns what finding an object may raise into answers: a redirect, or a tombstone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from platforms.find import Gone, Hidden, Moved
from platforms.models import Erasure


class Finding:
    """Answers 301 for a former slug, and 410 or 451 for what was taken back or taken down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the three exceptions; leave every other one to Django."""
        if isinstance(exception, Moved):
            return HttpResponsePermanentRedirect(_moved(request, exception))
        if isinstance(exception, Gone):
            return render(request, "410.html", {"gone": exception}, status=410)
        if isinstance(exception, Hidden):
            status = exception.takedown.http_status
            erasure = Erasure.objects.of_version(exception.takedown.version_id).first()
            context = {"takedown": exception.takedown, "erasure": erasure}
            return render(request, f"{status}.html", context, status=status)
        return None


def _moved(request: HttpRequest, moved: Moved) -> str:
    """Return the address of the same page under the words of today, with its query."""
    match = request.resolver_match
    assert match is not None  # a view raised it
    words = {name: moved.words.get(name, value) for name, value in match.kwargs.items()}
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs=words) + (f"?{query}" if query else "")
