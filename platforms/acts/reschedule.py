"""Decides when a document is visited next, and gives the claim on it up, in the transaction that records the visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from platforms.models import CaptureState, Document, Outcome
from platforms.text.schedule import back_off, next_check, next_interval, retry_after

LONGEST_ETAG, LONGEST_DATE = 500, 100


def reschedule(
    *, state: CaptureState, at: datetime, outcome: Outcome, is_first: bool, headers: Mapping[str, str], extractor: str
) -> None:
    """Save the state after a visit, its claim released.

    Args:
        state: locked by this transaction.
        at: when the visit began.
        outcome: of the visit.
        is_first: there was nothing to compare with, so that how often it changes is still unknown.
        headers: of the answer, lower-case names.
        extractor: which extraction the latest text now agrees with.
    """
    if outcome == Outcome.FAILED:
        state.failures_in_a_row += 1
        wait = max(back_off(state.failures_in_a_row), retry_after(headers.get("retry-after", ""), at))
    else:
        state.failures_in_a_row = 0
        if not is_first:
            state.interval = next_interval(state.interval, changed=outcome == Outcome.CHANGED)
        wait = state.interval
        # A 304 need not repeat them. One that is too long is no use: cut, it would match nothing.
        state.etag = _fitting(headers.get("etag", state.etag), LONGEST_ETAG)
        state.last_modified = _fitting(headers.get("last-modified", state.last_modified), LONGEST_DATE)
        state.extractor = extractor
    state.next_check_at = next_check(at, wait, document_id=state.document_id)
    state.claimed_by, state.claimed_until = "", None
    state.save()


def check_now(*, documents: list[int], at: datetime) -> int:
    """Make captured documents due at a time; return how many of those named are captured at all."""
    captured = list(Document.objects.captured().filter(pk__in=documents).values_list("pk", flat=True))
    CaptureState.objects.bulk_create([CaptureState(document_id=pk) for pk in captured], ignore_conflicts=True)
    CaptureState.objects.filter(document__in=captured).update(next_check_at=at)
    return len(captured)


def _fitting(value: str, longest: int) -> str:
    return value if len(value) <= longest else ""
