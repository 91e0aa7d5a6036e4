"""The visits to a document, folded: equal ones in a row are one run, so that years of visits are a short list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from platforms.models import AILING_AFTER, Check, FailureReason, Outcome

# A run ends where outcome, reason or note differ; a visit that found a change is a run of its own. Runs are numbered
# from the first visit on, so that a number stays what it is while visits are added.
_RUNS = """
WITH marked AS (
  SELECT checked_at, id, outcome, reason, note, http_status,
    CASE WHEN outcome <> 'changed' AND (outcome, reason, note) = (
      lag(outcome) OVER visits, lag(reason) OVER visits, lag(note) OVER visits) THEN 0 ELSE 1 END AS begins
  FROM platforms_check WHERE document_id = %s WINDOW visits AS (ORDER BY checked_at, id)),
numbered AS (SELECT *, sum(begins) OVER (ORDER BY checked_at, id) AS run FROM marked)
SELECT run, count(*), min(checked_at), max(checked_at), outcome, reason, note, max(http_status)
FROM numbered WHERE %s = 0 OR run < %s GROUP BY run, outcome, reason, note ORDER BY run DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """Equal visits in a row."""

    run: int
    number: int
    first_at: datetime
    last_at: datetime
    outcome: Outcome
    reason: FailureReason
    note: str
    http_status: int | None


@dataclass(frozen=True, slots=True)
class CheckRuns:
    """Some runs, the latest first; `next_before` is the number by which the next page is asked for, 0 at the end."""

    rows: list[CheckRun]
    next_before: int
    is_first: bool


def check_runs(document_id: int, *, before: int = 0, size: int) -> CheckRuns:
    """Return up to `size` runs of a document's visits, those before the run with a number, or the latest. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNS, [document_id, before, before, size + 1])
        found = [
            CheckRun(run, number, first, last, Outcome(outcome), FailureReason(reason), note, status)
            for run, number, first, last, outcome, reason, note, status in cursor.fetchall()
        ]
    more = len(found) > size
    return CheckRuns(found[:size], found[size - 1].run if more else 0, not before)


def failures_in_a_row(latest: Sequence[Check]) -> int:
    """Return how many of the latest visits failed in a row, up to now; `latest` begins with the last one."""
    return next((n for n, check in enumerate(latest) if check.outcome != Outcome.FAILED), len(latest))


def is_ailing(latest: Sequence[Check]) -> bool:
    """Tell whether the last visits all failed, so many that the document is marked."""
    return failures_in_a_row(latest[:AILING_AFTER]) >= AILING_AFTER
