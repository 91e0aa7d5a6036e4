"""Keeps requests to one host apart, across the threads that share a Fetcher."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

MOST_HOSTS = 2000
"""That are remembered; the one that was asked longest ago is forgotten first."""


class Politeness:
    """Gives each request to a host a moment of its own, at a distance from the one before it.

    Args:
        clock: seconds that only ever grow, as time.monotonic.
        sleep: waits so many seconds.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = Lock()

    def wait_for(self, host: str, seconds: float) -> None:
        """Wait until a request to the host may go, and keep the next one `seconds` away from it."""
        if seconds <= 0:
            return
        with self._lock:
            now = self._clock()
            moment = max(now, self._next.pop(host, now))
            self._next[host] = moment + seconds
            if len(self._next) > MOST_HOSTS:
                del self._next[next(iter(self._next))]
        if moment > now:
            self._sleep(moment - now)
