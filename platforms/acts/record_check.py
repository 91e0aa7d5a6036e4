"""Records a visit to a document that brought no new version."""

from __future__ import annotations

from datetime import datetime

from platforms.models import Check, Document, FailureReason, Outcome


def record_check(
    *, document: Document, checked_at: datetime, outcome: Outcome, reason: str = FailureReason.NONE, note: str = ""
) -> Check:
    """Record one visit. PostgreSQL refuses a failed one without a reason, and a reason without a failure."""
    return Check.objects.create(document=document, checked_at=checked_at, outcome=outcome, reason=reason, note=note)
