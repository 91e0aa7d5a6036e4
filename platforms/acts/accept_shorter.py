"""Accepts a text that was refused as truncated: the document truly became so short, says a curator who looked.

The gate refuses a text that suddenly has less than a fifth of its words, at every check. What is accepted here is a
length, kept with who said so and why; the next visit takes the text as it is then, and classes it like any other.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from platforms.acts.known import known_of
from platforms.acts.reschedule import check_now
from platforms.models import CaptureState, Check, Document, FailureReason, Shortening
from platforms.text.take import Page, Untaken, take
from platforms.text.words import fingerprints

LONGEST_REASON = 300


def refused_check(document: Document) -> Check | None:
    """Return the latest check of a document if its text was refused as truncated and its bytes were kept."""
    latest = Check.objects.filter(document=document).select_related("snapshot__text", "snapshot__raw")
    check = latest.order_by("-checked_at", "-pk").first()
    if check is None or check.reason != FailureReason.TRUNCATED or check.snapshot is None:
        return None
    return check


def refused_text(check: Check) -> str | Untaken:
    """Return the text that a check refused as truncated, extracted again from its bytes, or why it is none."""
    assert check.snapshot is not None  # held so by refused_check
    document, snapshot = check.document, check.snapshot
    CaptureState.objects.get_or_create(document=document)
    headers = snapshot.http_headers or {}
    page = Page(snapshot.body(), headers.get("content-type", ""), snapshot.final_url or snapshot.url)
    return take(page, known_of(document, at=check.checked_at).unmeasured())


@transaction.atomic
def accept_shorter(*, check: Check, because: str, by: User, at: datetime) -> Shortening:
    """Hold the text of a refused check for the whole document, and have the document visited again.

    Raises ValidationError without a reason, or where the check is not the latest, refused as truncated.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=check.document_id)
    latest = refused_check(document)
    if latest is None or latest.pk != check.pk:
        raise ValidationError("The latest check of this document was not refused for being truncated.")
    because = " ".join(because.split())
    if not because or len(because) > LONGEST_REASON:
        raise ValidationError(f"Say why this is the whole document, in at most {LONGEST_REASON} characters.")
    text = refused_text(latest)
    if isinstance(text, Untaken):
        raise ValidationError(f"No text can be taken from what came: {text.note}")
    if Shortening.objects.filter(check_refused=latest).exists():
        raise ValidationError("This length was accepted already; the next visit takes the text.")
    said = Shortening.objects.create(
        document=document, check_refused=latest, words=fingerprints(text).count, because=because, by=by, at=at
    )
    check_now(documents=[document.pk], at=at)
    return said
