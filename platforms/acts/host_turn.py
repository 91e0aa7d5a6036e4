"""Takes turns at a host, between all processes: one asks at a time, and not at once after another."""

from __future__ import annotations

from django.db import connection

from platforms.acts.claim import LEASE
from platforms.models import HostTurn

TAKE = """
UPDATE platforms_hostturn SET held_by = %(by)s, held_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE host = (
  SELECT host FROM platforms_hostturn
  WHERE host = %(host)s AND (held_until IS NULL OR held_until < clock_timestamp()) FOR UPDATE SKIP LOCKED)
RETURNING extract(epoch FROM asked_at + make_interval(secs => %(gap)s) - clock_timestamp())
"""
END = """
UPDATE platforms_hostturn SET held_by = '', held_until = NULL, asked_at = clock_timestamp()
WHERE host = %s AND held_by = %s
"""


def take_turn(*, host: str, by: str, gap: float) -> float | None:
    """Take the turn at a host and return how many seconds to wait before asking it; None while another has it.

    Args:
        host: as platforms.fetching.host_of gives it.
        by: who takes it; nobody else may use this name.
        gap: seconds to leave between the end of the turn before and the first request of this one.
    """
    HostTurn.objects.bulk_create([HostTurn(host=host)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"host": host, "by": by, "lease": LEASE.total_seconds(), "gap": gap})
        row = cursor.fetchone()
    if row is None:
        return None
    return max(0.0, float(row[0])) if row[0] is not None else 0.0


def end_turn(*, host: str, by: str) -> None:
    """Give the turn to whoever comes next."""
    with connection.cursor() as cursor:
        cursor.execute(END, [host, by])
