"""The queue of published analyses whose words were altered, moved or gone: still valid, to be revised, or retracted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clauses.acts.judge import judge
from clauses.acts.publish import retract
from clauses.acts.start_draft import start_draft
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models import Clause, Judgement, Pin, Severity, Standing, Verdict
from clauses.models.clause import ClauseQuerySet
from clauses.text.plain import plain
from conductatlas.desk.access import forbidden, needs
from conductatlas.desk.pages import page, person, refuse
from conductatlas.desk.places import latest_version, places
from conductatlas.pages.alteration import Pair, paired
from platforms.keyset import keyset_page
from platforms.models import Version

SIZE = 25
ORDER = ("rank", "-analysis__reach", "document__latest_version__captured_at", "pk")
"""The heaviest first, then what touches most people, then what was altered longest ago."""
RETRACTING = "clauses.retract_analysis"


def waiting() -> ClauseQuerySet:
    """Return the clauses to judge, with what a row names and the rank that they are ordered by."""
    ranks = [When(severity=severity, then=Value(rank)) for rank, severity in enumerate(Severity.values)]
    return (
        Clause.objects.to_judge()
        .counted()
        .annotate(rank=Case(*ranks, default=Value(9), output_field=IntegerField()))
        .select_related("type", "document__platform", "document__latest_version", "analysis", "quoted", "assigned_to")
    )


@needs("clauses.add_judgement")
@require_safe
def altered(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    rows = keyset_page(waiting(), order=ORDER, after=request.GET.get("after", ""), size=SIZE)
    first = reverse("admin:desk:altered")
    return page(
        request, "desk/altered.html", "Altered words",
        page=rows, size=SIZE, first=first, next=f"{first}?after={rows.next_after}",
    )  # fmt: skip


@needs("clauses.add_judgement")
@require_http_methods(["GET", "POST"])
def alteration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the words that one analysis was written for beside those of today, or judge them and go on."""
    related = (
        "type",
        "document__platform",
        "document__latest_version__text",
        "analysis__version",
        "quoted",
        "gone_since",
    )
    clause = get_object_or_404(Clause.objects.select_related(*related).exclude(analysis=None), pk=pk)
    if request.method == "POST":
        return _judge(request, clause)
    version = latest_version(clause)
    stands = places(clause, version) if version is not None else []
    return page(
        request,
        "desk/alteration.html",
        clause.title,
        clause=clause,
        version=version,
        places=stands,
        pairs=_pairs(clause, [place.words for place in stands]),
        is_gone=clause.standing == Standing.GONE,
        is_waiting=Clause.objects.to_judge().filter(pk=pk).exists(),
        judgements=Judgement.objects.filter(analysis__clause=clause).select_related("by", "version"),
        verdicts=Verdict.choices if request.user.has_perm(RETRACTING) else Verdict.choices[:-1],
        after=waiting().exclude(pk=pk).order_by(*ORDER).first(),
    )


def _pairs(clause: Clause, new: list[str]) -> list[Pair]:
    """Return each passage that the analysis was written for beside what is likest to it today."""
    assert clause.analysis is not None  # the view leaves others out
    pins = list(Pin.objects.filter(analysis=clause.analysis))
    texts = Version.objects.select_related("text").in_bulk([pin.version_id for pin in pins])
    words = [plain(texts[pin.version_id].body[pin.start : pin.end]) for pin in pins]
    return [paired(old, new, f"¶\u00a0{pin.ordinal}") for old, pin in zip(words, pins, strict=True)]


def _judge(request: HttpRequest, clause: Clause) -> HttpResponse:
    here, by, at = reverse("admin:desk:alteration", args=[clause.pk]), person(request), timezone.now()
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    following = waiting().exclude(pk=clause.pk).order_by(*ORDER).first()
    on = reverse("admin:desk:alteration", args=[following.pk]) if following else reverse("admin:desk:altered")
    if verdict == Verdict.RETRACT and not request.user.has_perm(RETRACTING):
        return forbidden(request, RETRACTING)
    try:
        if verdict not in Verdict.values:
            raise ValidationError("Choose a verdict.")
        with transaction.atomic():
            made = judge(clause=clause, verdict=Verdict(verdict), reason=reason, by=by, at=at)
            if made.verdict == Verdict.RETRACT:
                retract(clause=clause, reason=reason, by=by, at=at)
            elif made.verdict == Verdict.REVISE:
                on = reverse("admin:desk:write", args=[start_draft(clause=clause, by=by, at=at).pk])
        messages.success(request, f"{clause.record_id}: {made.get_verdict_display().lower()}.")
    except (ValidationError, IncompleteAnalysis) as fault:
        refuse(request, fault)
        return HttpResponseRedirect(here)
    return HttpResponseRedirect(on)
