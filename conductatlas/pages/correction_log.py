"""The public log of corrections: what was reported, what was done, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from conductatlas.corrections.receipts import read_receipt
from conductatlas.corrections.subjects import address_of, element_name
from conductatlas.models import Correction, CorrectionState
from conductatlas.models.correction import LOGGED
from platforms.keyset import keyset_page

SIZE = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the log shows it."""

    correction: Correction

    @property
    def place(self) -> str:
        """Return where the section stands that was reported."""
        one = self.correction
        return address_of(one.about, one.element, one.version)

    @property
    def element(self) -> str:
        """Return what the section is called."""
        return element_name(self.correction.about, self.correction.element)

    @property
    def mended_at(self) -> str:
        """Return the address of the revision that mended it."""
        record, _, number = self.correction.mended_by.partition("/v")
        return reverse("revision", args=[record, int(number)]) if number else ""


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show what was accepted and refused, the latest first; open reports are counted alone."""
    if written := request.GET.get("receipt", ""):
        receipt = read_receipt(written)
        if receipt is None:
            raise BadRequest(f"“{written[:40]}” is no receipt number. They look like 7K3M-QX9A.")
        return redirect("correction", receipt)
    outcome, about = request.GET.get("outcome", ""), request.GET.get("about", "")
    if outcome and outcome not in LOGGED:
        raise BadRequest(f"“{outcome[:40]}” is no outcome; it may be one of: {', '.join(LOGGED)}.")
    kept = Correction.objects.counted().defer("words", "contact", "note")
    rows = kept.logged().filter(**({"state": outcome} if outcome else {}), **({"about": about} if about else {}))
    page = keyset_page(
        rows.select_related("reply"), order=("-settled_at", "-pk"), after=request.GET.get("after", ""), size=SIZE
    )
    counts = dict(Correction.objects.counted().values_list("state").annotate(n=Count("pk")))
    context = {
        "page": page,
        "entries": [Entry(row) for row in page.rows],
        "size": SIZE,
        "outcome": outcome,
        "outcomes": [CorrectionState(state) for state in LOGGED],
        "about": about,
        "accepted": counts.get(CorrectionState.ACCEPTED, 0),
        "refused": counts.get(CorrectionState.REFUSED, 0),
        "open": counts.get(CorrectionState.OPEN, 0),
    }
    return render(request, "pages/correction_log.html", context)


@require_safe
def entry(request: HttpRequest, written: str) -> HttpResponse:
    """Show one report: the account of a settled one, and of an open one only that it waits."""
    receipt = read_receipt(written)
    if receipt is not None and receipt != written:
        return HttpResponsePermanentRedirect(reverse("correction", args=[receipt]))
    found = Correction.objects.filter(receipt=receipt).exclude(state=CorrectionState.SPAM).first() if receipt else None
    if found is None:
        raise Http404(f"There is no report {written} in the log.")
    context = {
        "entry": Entry(found),
        "correction": found,
        "is_settled": found.state in LOGGED,
        "is_received": "received" in request.GET,
    }
    return render(request, "pages/correction_entry.html", context)
