"""The queue of errors that readers reported, the oldest first, each with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from conductatlas.desk.access import needs
from conductatlas.desk.pages import page, person, refuse
from conductatlas.models import Correction, CorrectionState
from platforms.keyset import keyset_page

SIZE = 25
LONGEST_ANSWER = 3000
VERDICTS = (CorrectionState.SETTLED, CorrectionState.DECLINED)


@needs("conductatlas.change_correction")
@require_http_methods(["GET", "POST"])
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what waits, or answer one report."""
    if request.method == "POST":
        try:
            messages.success(request, _answer(request))
        except ValidationError as fault:
            refuse(request, fault)
        return HttpResponseRedirect(reverse("admin:desk:corrections"))
    rows = keyset_page(
        Correction.objects.filter(state=CorrectionState.OPEN),
        order=("received_at", "pk"),
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    first = reverse("admin:desk:corrections")
    return page(
        request, "desk/corrections.html", "Corrections",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}", longest=LONGEST_ANSWER,
    )  # fmt: skip


@transaction.atomic
def _answer(request: HttpRequest) -> str:
    asked, answer = request.POST.get("correction", ""), request.POST.get("answer", "").strip()
    waiting = Correction.objects.select_for_update().filter(state=CorrectionState.OPEN)
    correction = waiting.filter(pk=int(asked) if asked.isdecimal() else 0).first()
    if correction is None:
        raise ValidationError("This report was answered already.")
    if request.POST.get("state") not in VERDICTS or not answer or len(answer) > LONGEST_ANSWER:
        raise ValidationError(f"Say whether it was right, and answer in at most {LONGEST_ANSWER:,} characters.")
    correction.state, correction.answer = CorrectionState(request.POST["state"]), answer
    correction.settled_by, correction.settled_at = person(request), timezone.now()
    correction.save(update_fields=["state", "answer", "settled_by", "settled_at"])
    return f"The report about {correction.about} is {correction.get_state_display().lower()}."
