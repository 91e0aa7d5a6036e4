"""Whether the site is well: for programs at /healthz, for people at /status/; and what robots may do."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clauses.acts.load_taxonomy import taxonomy_release
from clauses.acts.read_versions import current_readings
from clauses.models import Reading
from clauses.text.classify import READER_RELEASE
from conductatlas.pages.figures import site_figures
from platforms.models import (
    AILING_AFTER,
    CaptureState,
    Check,
    Class,
    Document,
    Verification,
    Version,
    VersionClass,
)
from platforms.text.history import CLASSIFIER_RELEASE

AILING_SHOWN = 50
"""Ailing documents that the status page names, those that failed most often first."""
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /gallery/
Disallow: /registry/?
Disallow: /changes/?
Disallow: /log/?
Disallow: /log/*.json
Disallow: /platform/*/diff/*?
Disallow: /platform/*/diff/*/json/
"""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 with counts, or 503 when the database is away."""
    try:
        figures = site_figures()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "reason": "the database does not answer"}, status=503)
    return JsonResponse(
        {
            "status": "ok",
            "platforms": figures.platforms,
            "documents": figures.documents,
            "versions": figures.versions,
            "clauses": figures.clauses,
        }
    )


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show what is kept, what was classed and read, and what waits."""
    by_class = dict(VersionClass.objects.values_list("kind").annotate(n=Count("pk")).order_by())
    read = current_readings()
    versions = Version.objects.aggregate(
        all=Count("pk"),
        unclassed=Count("pk", filter=~Q(version_class__release=CLASSIFIER_RELEASE) | Q(version_class=None)),
        good=Count("pk", filter=Q(version_class__is_good=True)),
    )
    latest = Document.objects.aggregate(
        all=Count("pk"),
        good=Count("latest_version"),
        read=Count("pk", filter=Q(latest_version__in=read.values("version"))),
    )
    now = timezone.now()
    ailing = CaptureState.objects.ailing().filter(document__in=Document.objects.captured())
    newest = Reading.objects.order_by("-read_at").first()
    context = {
        "figures": site_figures(),
        "classes": [(kind, by_class.get(kind, 0)) for kind in Class],
        "versions": versions,
        "versions_read": read.count(),
        "latest": latest,
        "newest_reading": newest,
        "captured": Document.objects.captured().count(),
        "due": Document.objects.due(now).count(),
        "ailing": list(ailing.select_related("document__platform").order_by("-failures_in_a_row", "pk")[:AILING_SHOWN]),
        "ailing_after": AILING_AFTER,
        "last_check": Check.objects.order_by("-checked_at").first(),
        "verification": Verification.objects.finished().first(),
        "classifier": CLASSIFIER_RELEASE,
        "reader": READER_RELEASE,
        "taxonomy": taxonomy_release(),
    }
    return render(request, "pages/status.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what they may read."""
    return HttpResponse(f"{ROBOTS}\n# {settings.SITE_URL}\n", content_type="text/plain; charset=utf-8")
