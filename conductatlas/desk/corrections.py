"""The queue of what readers reported, the oldest first, and the replies that were published."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conductatlas.corrections.settle import (
    LONGEST,
    LONGEST_REPLY,
    accept,
    publish_reply,
    refuse,
    set_aside,
    withdraw_reply,
)
from conductatlas.desk.access import needs
from conductatlas.desk.pages import page, person
from conductatlas.desk.pages import refuse as say_why
from conductatlas.models import Correction, Reply
from platforms.keyset import keyset_page

SIZE = 25


@needs("conductatlas.change_correction")
@require_http_methods(["GET", "POST"])
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what waits, or settle one report. What was typed is kept where an act is refused."""
    typed = {}
    if request.method == "POST":
        try:
            messages.success(request, _settle(request))
            return HttpResponseRedirect(reverse("admin:desk:corrections"))
        except ValidationError as fault:
            say_why(request, fault)
            typed = request.POST.dict()
    rows = keyset_page(
        Correction.objects.waiting(), order=("received_at", "pk"), after=request.GET.get("after", ""), size=SIZE
    )
    first = reverse("admin:desk:corrections")
    return page(
        request, "desk/corrections.html", "Corrections",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}", longest=LONGEST,
        longest_reply=LONGEST_REPLY, today=timezone.now().date(), typed=typed,
    )  # fmt: skip


def _settle(request: HttpRequest) -> str:
    form, by, at = request.POST, person(request), timezone.now()
    asked = form.get("correction", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    told = {"gist": form.get("gist", ""), "answer": form.get("answer", "")}
    match form.get("act"):
        case "accept":
            done = accept(correction=number, mended_by=form.get("mended_by", ""), by=by, at=at, **told)
        case "refuse":
            done = refuse(correction=number, by=by, at=at, **told)
        case "spam":
            done = set_aside(correction=number, by=by, at=at)
        case "publish":
            done = _publish(request, number).correction
        case _:
            raise ValidationError("Say what becomes of the report.")
    return f"The report {done.receipt} about {done.about}: {done.get_state_display().lower()}."


def _publish(request: HttpRequest, number: int) -> Reply:
    if not request.user.has_perm("conductatlas.add_reply"):
        raise ValidationError("Your role does not publish replies.")
    form = request.POST
    try:
        given_on = date.fromisoformat(form.get("given_on", ""))
    except ValueError as fault:
        raise ValidationError("Say on which day the reply was given.") from fault
    told = {name: form.get(name, "") for name in ("words", "known_by", "note")}
    return publish_reply(correction=number, given_on=given_on, by=person(request), at=timezone.now(), **told)


@needs("conductatlas.add_replywithdrawal")
@require_http_methods(["GET", "POST"])
def replies(request: HttpRequest) -> HttpResponse:
    """Show what is published, the newest first, or withdraw one."""
    first = reverse("admin:desk:replies")
    if request.method == "POST":
        asked = request.POST.get("reply", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        try:
            withdraw_reply(reply=number, because=request.POST.get("because", ""), by=person(request), at=timezone.now())
            messages.success(request, "The reply is withdrawn; the page says since when and why.")
        except ValidationError as fault:
            say_why(request, fault)
        return HttpResponseRedirect(first)
    rows = keyset_page(
        Reply.objects.select_related("withdrawal", "published_by"),
        order=("-published_at", "-pk"), after=request.GET.get("after", ""), size=SIZE,
    )  # fmt: skip
    return page(
        request, "desk/replies.html", "Replies",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}", longest=LONGEST,
    )  # fmt: skip
