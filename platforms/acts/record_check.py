"""Records a visit to a document, with what the server answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from platforms.models import Check, Document, FailureReason, Outcome, Snapshot


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one visit; the fields of Check of the same names."""

    final_url: str = ""
    http_status: int | None = None
    http_headers: dict[str, str] | None = None
    sha256: bytes | None = None
    size: int | None = None


NO_ANSWER = Answer()
LONGEST_NOTE = 500


def record_check(
    *,
    document: Document,
    checked_at: datetime,
    outcome: Outcome,
    reason: str = FailureReason.NONE,
    note: str = "",
    answer: Answer = NO_ANSWER,
    snapshot: Snapshot | None = None,
) -> Check:
    """Record one visit. PostgreSQL refuses a failed one without a reason, and a reason without a failure."""
    return Check.objects.create(
        document=document,
        checked_at=checked_at,
        outcome=outcome,
        reason=reason,
        note=note.replace("\0", "")[:LONGEST_NOTE],
        final_url=answer.final_url[:2000],
        http_status=answer.http_status,
        http_headers=answer.http_headers,
        sha256=answer.sha256,
        size=answer.size,
        snapshot=snapshot,
    )
