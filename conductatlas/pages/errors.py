"""Error pages that say what happened and where to go on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 with what was wrong."""
    return render(request, "400.html", {"reason": _reason(exception)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with what was refused."""
    return render(request, "403.html", {"reason": _reason(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with what is not here."""
    reason = _reason(exception) if isinstance(exception, Http404) and "tried" not in str(exception) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database or the request for anything."""
    return HttpResponse(get_template("500.html").render(), status=500)


def _reason(exception: Exception) -> str:
    """Return the sentence that our own code gave; Django's own are for developers."""
    said = exception.args[0] if exception.args else ""
    return said if isinstance(said, str) and said.endswith((".", "”.")) else ""
