"""Claims a document for one capture: a lease in its row, so that no two workers or commands capture it at once.

Leases are told by PostgreSQL's clock, the one that all processes share. A holder that was killed loses its lease by
time; one that only took too long finds out before it writes (see `held`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from platforms.models import CaptureState

LEASE = timedelta(minutes=10)
"""Longer than any fetch takes, politeness included; how long a killed capture keeps others away at most."""

CLAIM = """
UPDATE platforms_capturestate
SET claimed_by = %(holder)s, claimed_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE document_id = (
  SELECT document_id FROM platforms_capturestate
  WHERE document_id = %(document)s AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
    AND (%(due_at)s::timestamptz IS NULL OR next_check_at IS NULL OR next_check_at <= %(due_at)s)
  FOR UPDATE SKIP LOCKED)
"""


def claim_document(*, document_id: int, by: str, due_at: datetime | None = None) -> str | None:
    """Claim a document and return the name of the claim, or None where it is claimed or no longer due.

    Args:
        document_id: of the document; its state is made where there is none.
        by: who claims, such as host, process and a token; every claim gets a name of its own.
        due_at: claim only if its next check is not after this time. None: whether due or not.
    """
    holder = f"{by[:150]}:{uuid4().hex[:12]}"
    CaptureState.objects.bulk_create([CaptureState(document_id=document_id)], ignore_conflicts=True)
    lease = LEASE.total_seconds()
    values: dict[str, Any] = {"holder": holder, "lease": lease, "document": document_id, "due_at": due_at}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        return holder if cursor.rowcount else None


def held(*, document_id: int, claim: str) -> CaptureState | None:
    """Lock and return the state of a document if the claim on it still stands; inside a transaction."""
    return CaptureState.objects.select_for_update().filter(document=document_id, claimed_by=claim).first()


def release(*, document_id: int, claim: str) -> None:
    """Give a claim up, if it still stands."""
    CaptureState.objects.filter(document=document_id, claimed_by=claim).update(claimed_by="", claimed_until=None)
