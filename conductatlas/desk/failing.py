"""The queue of documents whose checks fail one after another, and what a curator can do about one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clauses.acts.cover import cover_platform
from conductatlas.desk.access import needs
from conductatlas.desk.pages import page, person, refuse
from platforms.acts.reschedule import check_now
from platforms.acts.retire import retire
from platforms.keyset import keyset_page
from platforms.models import AILING_AFTER, CaptureState, Check, Document, ExtractionRule, Outcome, Shortening

SIZE = 25
ORDER = ("-failures_in_a_row", "pk")
CHECKS_SHOWN = 10
TEXT_SHOWN = 20_000
"""Characters of a refused text that are shown."""


@needs("platforms.change_document")
@require_safe
def failing(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    ailing = CaptureState.objects.ailing().filter(document__retired_at=None)
    rows = keyset_page(
        ailing.select_related("document__platform", "document__latest_version"),
        order=ORDER,
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    latest = Check.objects.filter(document__in=[row.document_id for row in rows.rows], outcome=Outcome.FAILED)
    reasons = {
        check.document_id: check
        for check in latest.order_by("document_id", "-checked_at", "-pk").distinct("document_id").defer("http_headers")
    }
    first = reverse("admin:desk:failing")
    return page(
        request, "desk/failing.html", "Failing documents",
        page=rows, rows=[(row, reasons.get(row.document_id)) for row in rows.rows], size=SIZE, first=first,
        next=f"{first}?after={rows.next_after}",
    )  # fmt: skip


@needs("platforms.change_document")
@require_http_methods(["GET", "POST"])
def failure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why the checks of one document fail, or do something about it."""
    # What extracts is loaded here alone: the desk has no other use for it.
    from platforms.acts.accept_shorter import refused_check, refused_text

    documents = Document.objects.select_related("platform", "latest_version", "capture_state")
    document = get_object_or_404(documents, pk=pk)
    if request.method == "POST":
        return _act(request, document)
    refused = refused_check(document)
    text = refused_text(refused) if refused is not None else None
    return page(
        request,
        "desk/failure.html",
        document.full_title,
        document=document,
        checks=Check.objects.filter(document=document).defer("http_headers").order_by("-checked_at")[:CHECKS_SHOWN],
        rule=ExtractionRule.objects.in_force(document_id=document.pk, at=timezone.now()),
        refused=refused,
        refused_text=text[:TEXT_SHOWN] if isinstance(text, str) else "",
        is_cut=isinstance(text, str) and len(text) > TEXT_SHOWN,
        shortenings=Shortening.objects.filter(document=document).select_related("by").order_by("-at"),
        ailing_after=AILING_AFTER,
    )


@needs("platforms.change_document")
@require_safe
def came(request: HttpRequest, check: int) -> HttpResponse:
    """Answer the exact bytes that came at a check, as a download that no browser runs (rule 13)."""
    checks = Check.objects.filter(snapshot__isnull=False).select_related("snapshot__text", "snapshot__raw")
    snapshot = get_object_or_404(checks, pk=check).snapshot
    assert snapshot is not None  # the filter leaves others out
    return HttpResponse(
        snapshot.body(),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="check-{check}.bin"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _act(request: HttpRequest, document: Document) -> HttpResponse:
    from platforms.acts.accept_shorter import accept_shorter, refused_check

    act, at = request.POST.get("act", ""), timezone.now()
    try:
        if act == "check":
            if not check_now(documents=[document.pk], at=at):
                raise ValidationError("This document is not captured here: it has no address, or it is retired.")
            messages.success(request, "It is due now: the next worker or refresh visits it.")
        elif act == "retire":
            retire(document=document, because=request.POST.get("because", ""), at=at)
            cover_platform(platform_id=document.platform_id)
            messages.success(request, f"{document.record_id} is retired.")
            return HttpResponseRedirect(reverse("admin:desk:failing"))
        elif act == "shorter":
            check = refused_check(document)
            if check is None or request.POST.get("check") != str(check.pk):
                raise ValidationError("Another check has come meanwhile: look at its text.")
            said = accept_shorter(check=check, because=request.POST.get("because", ""), by=person(request), at=at)
            messages.success(
                request, f"Accepted: the document has {said.words:,} words now. The next visit takes its text."
            )
        else:
            raise ValidationError("Choose what to do.")
    except ValidationError as fault:
        refuse(request, fault)
    return HttpResponseRedirect(reverse("admin:desk:failure", args=[document.pk]))
