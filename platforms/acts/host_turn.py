"""Takes turns at a host, between all processes: one asks at a time, and not at once after another.

The turn is an advisory lock of the session, so PostgreSQL gives the turn of a process that was killed to the next at
once. It wants connections that are not shared out by transaction (a pooler in front of PostgreSQL may do that).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LOCKS = 7002
"""The first key of these locks; imports use 7001."""
WAIT = """
SELECT greatest(extract(epoch FROM asked_at - clock_timestamp()) + %s, 0) FROM platforms_hostturn WHERE host = %s
"""
ASKED = """
INSERT INTO platforms_hostturn (host, asked_at) VALUES (%s, clock_timestamp())
ON CONFLICT (host) DO UPDATE SET asked_at = excluded.asked_at
"""


@contextmanager
def turn(*, host: str, gap: float) -> Iterator[float | None]:
    """Hold the turn at a host inside the block, and give the seconds to wait before asking; None: another has it.

    Args:
        host: as platforms.fetching.host_of gives it.
        gap: seconds to leave after the end of the turn before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCKS, host])
        (mine,) = cursor.fetchone()
    if not mine:
        yield None
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(WAIT, [gap, host])
            row = cursor.fetchone()
        yield float(row[0]) if row else 0.0
    finally:
        # Not reached by a process that is killed: the session ends, and its locks with it.
        with connection.cursor() as cursor:
            cursor.execute(ASKED, [host])
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCKS, host])
