"""The page of a document as of a day: its clauses as they stood in the version of that day, and nothing later."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clauses.acts.read_versions import current_readings, is_readable
from clauses.as_of import clauses_then
from clauses.models import Stance
from platforms.as_of import stood_on
from platforms.models import Document, Version

LISTED = 10
"""Versions up to the day that are listed; the calendar and the history have all."""


def document_as_of(request: HttpRequest, kept: Document, day: date) -> HttpResponse:
    """Show a document (with its platform) as it stood on a day. Raises Http404, or Hidden, as `stood_on` does."""
    stood = stood_on(kept, day)
    clauses = clauses_then(stood.version)
    upto = Version.objects.filter(document=kept).as_of(day).select_related("version_class")
    listed = list(upto[:LISTED])
    for version in listed:
        version.document = kept
    context = {
        "document": kept,
        "platform": kept.platform,
        "stood": stood,
        "version": stood.version,
        "clauses": clauses,
        "stances": [(s, n) for s in Stance if (n := sum(1 for then in clauses if then.stance == s))],
        "is_read": is_readable(kept.language) and current_readings().filter(version=stood.version).exists(),
        "upto": listed,
        "upto_total": upto.count(),
        "demonstration": kept.platform.is_demonstration,
    }
    return render(request, "pages/document_as_of.html", context)
