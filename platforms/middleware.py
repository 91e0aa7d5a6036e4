"""Turns what finding an object may raise into answers: a redirect, or a tombstone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from platforms.find import Hidden, Moved


class Finding:
    """Answers 301 for a former slug, and 410 or 451 for evidence that was taken down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the two exceptions; leave every other one to Django."""
        if isinstance(exception, Moved):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(exception.url + (f"?{query}" if query else ""))
        if isinstance(exception, Hidden):
            status = exception.takedown.http_status
            return render(request, f"{status}.html", {"takedown": exception.takedown}, status=status)
        return None
