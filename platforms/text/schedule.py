"""When a document is checked next: more often the more often it changes. Pure: it knows no database and no clock."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(hours=6)
LONGEST = timedelta(days=14)
FIRST = timedelta(days=1)
"""The interval that a new document begins with."""
AFTER_CHANGE = 0.5
"""A change halves the interval: a document under revision is seen more often."""
AFTER_QUIET = 1.5
"""Each visit that finds nothing new makes it longer by half: from a day to the longest in seven visits."""
FIRST_RETRY = timedelta(hours=1)
"""How long after a first failed check; each further one in a row doubles it."""
JITTER = 0.1
"""Up to this share earlier or later, always the same for one document, so that a list added at once spreads out."""


def next_interval(interval: timedelta, *, changed: bool) -> timedelta:
    """Return the interval after a visit that succeeded, between SHORTEST and LONGEST."""
    return min(max(interval * (AFTER_CHANGE if changed else AFTER_QUIET), SHORTEST), LONGEST)


def back_off(failures_in_a_row: int) -> timedelta:
    """Return how long to wait after the last of so many failures (one or more), LONGEST at most."""
    # Beyond some doublings the longest is long reached; a power without bound would overflow.
    return min(FIRST_RETRY * (1 << min(failures_in_a_row - 1, 16)), LONGEST)


def next_check(at: datetime, wait: timedelta, *, document_id: int) -> datetime:
    """Return when a wait that begins at a time ends for a document, its jitter included."""
    digest = hashlib.sha256(str(document_id).encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return at + wait * (1 - JITTER + 2 * JITTER * share)


def retry_after(value: str, at: datetime) -> timedelta:
    """Return how long a server asks to be left alone by its Retry-After (RFC 9110, 10.2.3), LONGEST at most."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=min(int(value[:12]), 10**8)), LONGEST)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return timedelta(0)
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - at, timedelta(0)), LONGEST)
