"""Records a curator's look at a published analysis whose words were altered, moved or gone."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from clauses.models import Clause, Judgement, Standing, State, Verdict

CHANGED = (Standing.ALTERED, Standing.MOVED, Standing.GONE)
LONGEST_REASON = 300


@transaction.atomic
def judge(*, clause: Clause, verdict: Verdict, reason: str, by: User, at: datetime) -> Judgement:
    """Record a verdict on the published analysis of a clause as its words are now.

    The act that follows from it (a draft of the next revision, a retraction) is the caller's. Raises ValidationError
    where there is nothing to judge, or no reason is given.
    """
    kept = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    latest = kept.document.latest_version
    if kept.state != State.PUBLISHED or kept.analysis is None:
        raise ValidationError(f"Nothing is published about {kept.record_id}.")
    if kept.standing not in CHANGED or latest is None:
        raise ValidationError(f"The words of {kept.record_id} are {kept.get_standing_display().lower()} now.")
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError(f"Give a reason, in at most {LONGEST_REASON} characters.")
    judgement, made = Judgement.objects.get_or_create(
        analysis=kept.analysis,
        version=latest,
        defaults={"standing": kept.standing, "verdict": verdict, "reason": reason, "by": by, "at": at},
    )
    if not made:
        raise ValidationError(f"{judgement.by.get_username()} has judged this version: {judgement}")
    return judgement
