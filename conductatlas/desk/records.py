"""The queues of change records that a machine drafted, and of versions that another extractor took."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from changes.models import ChangeRecord
from conductatlas.desk.access import needs
from conductatlas.desk.pages import page, person, refuse
from platforms.keyset import keyset_page
from platforms.models import Finding, Look, VersionClass

SIZE = 25
LONGEST_REASON = 300


@needs("changes.change_changerecord")
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Show the change records of high severity that a machine drafted, the latest first."""
    rows = keyset_page(
        ChangeRecord.objects.to_look_at().counted().with_names(),
        order=("-observed_before", "-pk"),
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    first = reverse("admin:desk:records")
    return page(
        request, "desk/records.html", "Change records",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}",
    )  # fmt: skip


@needs("changes.change_changerecord")
@require_http_methods(["GET", "POST"])
def technical(request: HttpRequest) -> HttpResponseBase:
    """Show the versions that another extractor took with other words, or keep what a curator found."""
    if request.method == "POST":
        return _look(request)
    waiting = VersionClass.objects.uncertain().select_related("version__document__platform", "compared_with")
    rows = keyset_page(waiting, order=("version",), after=request.GET.get("after", ""), size=SIZE)
    first = reverse("admin:desk:technical")
    return page(
        request, "desk/technical.html", "Changes of the extractor",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}", findings=Finding.choices,
    )  # fmt: skip


@needs("platforms.add_look")
def _look(request: HttpRequest) -> HttpResponse:
    shown, finding = request.POST.get("version", ""), request.POST.get("finding", "")
    because = " ".join(request.POST.get("because", "").split())
    try:
        if finding not in Finding.values or not because or len(because) > LONGEST_REASON:
            raise ValidationError(f"Say what you found, and why, in at most {LONGEST_REASON} characters.")
        version = get_object_or_404(VersionClass.objects.uncertain(), pk=shown if shown.isdecimal() else 0).version
        Look.objects.create(version=version, finding=finding, because=because, by=person(request), at=timezone.now())
        messages.success(request, f"{version.record_id}: {Finding(finding).label.lower()}.")
    except ValidationError as fault:
        refuse(request, fault)
    return HttpResponseRedirect(reverse("admin:desk:technical"))
