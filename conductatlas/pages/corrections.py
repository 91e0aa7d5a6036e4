"""The form by which a reader reports an error. It needs no account and no JavaScript."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from changes.models import ChangeRecord
from clauses.models import Clause
from conductatlas.models import Correction
from conductatlas.records.ids import parse_record_id
from platforms.models import Document

MOST_AN_HOUR = 30
"""Reports that are taken in an hour, from everybody together: no address of a reader is kept to count by."""
LONGEST = 3000
KINDS = {"D": Document, "P": Clause, "C": ChangeRecord}


class CorrectionForm(forms.Form):
    """What a reader reports. `website` is seen by programs alone, and what fills it in is none of ours."""

    about = forms.CharField(
        label="Record", max_length=20, help_text="Its id, such as CA-P-010005; it stands on its page, under Evidence."
    )
    words = forms.CharField(
        label="What is wrong",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"What the page says, and what would be right. At most {LONGEST:,} characters.",
        error_messages={"required": "Say what is wrong."},
    )
    contact = forms.CharField(
        label="Where to answer, if you want an answer",
        max_length=200,
        required=False,
        help_text="An e-mail address, for example. It is not published.",
    )
    website = forms.CharField(label="Leave this empty", required=False)

    def clean_about(self) -> str:
        """Return the record id as it is written here. Raises ValidationError where there is no such record."""
        written = parse_record_id(self.cleaned_data["about"])
        if written is None or not KINDS[written.letter]._default_manager.filter(pk=written.number).exists():
            raise forms.ValidationError("There is no such record here. An id looks like CA-P-010005.")
        return str(written)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or take what a reader reports."""
    if request.method != "POST":
        form = CorrectionForm(initial={"about": request.GET.get("about", "")[:20]})
        return render(request, "pages/correction.html", {"form": form, "is_received": "received" in request.GET})
    form, now = CorrectionForm(request.POST), timezone.now()
    if not form.is_valid():
        return render(request, "pages/correction.html", {"form": form}, status=422)
    if _is_full(now):
        return render(request, "pages/correction.html", {"form": form, "is_full": True}, status=429)
    if not form.cleaned_data["website"]:
        Correction.objects.create(
            about=form.cleaned_data["about"],
            words=form.cleaned_data["words"].strip(),
            contact=form.cleaned_data["contact"].strip(),
            received_at=now,
        )
    return redirect(f"{reverse('report')}?received")


def _is_full(now: datetime) -> bool:
    return Correction.objects.filter(received_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR
