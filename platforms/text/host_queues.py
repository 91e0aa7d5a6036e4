"""Deals out work by host: the longest waiting first, never two pieces of one host at once. Pure, and thread-safe."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from threading import Condition


class HostQueues:
    """Pieces of work, each of a host, in the order in which they are due.

    Args:
        work: pairs of host and piece, the longest due first.
        clock: seconds that only ever grow, as time.monotonic.
    """

    def __init__(self, work: Iterable[tuple[str, int]], clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: dict[str, deque[int]] = {}
        for host, piece in work:
            self._waiting.setdefault(host, deque()).append(piece)
        self._not_before: dict[str, float] = {}
        self._at_work: set[str] = set()
        self._changed = Condition()
        self._stopped = False

    def take(self) -> tuple[str, int] | None:
        """Return the next piece, waiting for a host to come free; None when nothing is left, or all was stopped.

        Every piece taken is given back by `done` or `postpone`.
        """
        with self._changed:
            while not self._stopped and self._waiting:
                now = self._clock()
                moments = [
                    (self._not_before.get(host, now), host) for host in self._waiting if host not in self._at_work
                ]
                ready = next((host for moment, host in moments if moment <= now), None)
                if ready is not None:
                    self._at_work.add(ready)
                    return ready, self._waiting[ready].popleft()
                self._changed.wait(min(moment for moment, _ in moments) - now if moments else None)
            return None

    def done(self, host: str) -> None:
        """Give a host back after its piece was done."""
        with self._changed:
            self._give_back(host)

    def postpone(self, host: str, piece: int, seconds: float) -> None:
        """Give a host and its piece back undone; the host rests so many seconds."""
        with self._changed:
            self._waiting.setdefault(host, deque()).appendleft(piece)
            self._not_before[host] = self._clock() + seconds
            self._give_back(host)

    def drop(self, host: str) -> int:
        """Give a host back and leave what waits for it; return how many pieces that were."""
        with self._changed:
            left = len(self._waiting.get(host, ()))
            self._waiting[host] = deque()
            self._give_back(host)
            return left

    def stop(self) -> None:
        """Let nobody take anything more; what was taken is still given back."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _give_back(self, host: str) -> None:
        self._at_work.discard(host)
        pieces = self._waiting.pop(host, None)
        if pieces:
            self._waiting[host] = pieces  # behind the others, so that no host keeps them waiting
        self._changed.notify_all()
