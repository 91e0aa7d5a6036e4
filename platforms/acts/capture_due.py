"""Captures many documents with several threads: the longest due first, a host by one of them at a time.

Other processes may do the same at once: each document is claimed, and each host is asked in turns.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connections

from platforms.acts.capture import Captured, Ending, capture_document
from platforms.acts.host_turn import turn
from platforms.fetching import PageFetcher, host_of
from platforms.models import Document
from platforms.text.host_queues import HostQueues

logger = logging.getLogger(__name__)
BUSY_HOST_SECONDS = 1.0
"""How long a host rests here that another process is asking."""

Progress = Callable[[str, int, int], None]


@dataclass
class Account:
    """What one run did."""

    total: int = 0
    endings: Counter[Ending] = field(default_factory=Counter)
    reextracted: int = 0
    broken: list[str] = field(default_factory=list)
    """Documents at which the program itself failed, with the error; they stay due."""

    @property
    def visited(self) -> int:
        """Return how many visits left a check."""
        return sum(self.endings[ending] for ending in (Ending.UNCHANGED, Ending.CHANGED, Ending.FAILED))

    @property
    def left(self) -> int:
        """Return how many documents were not come to, because the run was stopped."""
        return self.total - self.endings.total() - len(self.broken)


def this_process() -> str:
    """Return a name that no other process has: its machine, its number, and a token."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:8]}"


def capture_documents(
    *,
    documents: Sequence[int],
    fetcher: PageFetcher,
    by: str,
    now: Callable[[], datetime],
    workers: int,
    gap: float,
    due_at: datetime | None,
    progress: Progress,
    stopping: Event | None = None,
) -> Account:
    """Visit documents once each, in about the order given; return when all were, or `stopping` was set.

    Args:
        documents: ids, the longest due first.
        fetcher: shared by the threads.
        by: name of this process.
        now: the time, for each visit.
        workers: threads.
        gap: seconds between two processes' requests to one host.
        due_at: visit those alone that are still due at this time when their turn comes. None: all.
        progress: called with a label, how many are done and of how many, by one thread at a time.
        stopping: when set, visits under way are finished, and no other begins.
    """
    run = _Run(documents, fetcher, by, now, gap, due_at, progress, stopping or Event())
    threads = [Thread(target=run.work, name=f"capture-{n}", args=(n,), daemon=True) for n in range(workers)]
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            if run.stopping.wait(0.05):
                run.queues.stop()
                break
    except BaseException:
        run.stopping.set()
        run.queues.stop()
        raise
    finally:
        for thread in threads:
            thread.join()
    return run.account


class _Run:
    """What the threads of one run share."""

    def __init__(
        self,
        documents: Sequence[int],
        fetcher: PageFetcher,
        by: str,
        now: Callable[[], datetime],
        gap: float,
        due_at: datetime | None,
        progress: Progress,
        stopping: Event,
    ) -> None:
        self.fetcher, self.by, self.now, self.gap, self.due_at = fetcher, by, now, gap, due_at
        self.progress, self.stopping = progress, stopping
        addresses = dict(Document.objects.filter(pk__in=documents).values_list("pk", "source_url"))
        self.queues = HostQueues(((host_of(addresses[pk]), pk) for pk in documents if pk in addresses), time.monotonic)
        self.account = Account(total=len(addresses))
        self.lock = Lock()

    def work(self, number: int) -> None:
        """Visit one document after another; the database connection is this thread's own."""
        name = f"{self.by}:{number}"
        try:
            while (taken := self.queues.take()) is not None:
                host, document_id = taken
                try:
                    seconds = self._visit(host, document_id, name)
                except Exception as error:
                    logger.exception("capture of document %s failed", document_id)
                    self._count(None, f"CA-D-{document_id:05d}: {type(error).__name__}: {error}")
                    self.queues.done(host)
                    connections.close_all()
                    if isinstance(error, OperationalError | InterfaceError):
                        self.stopping.set()  # the database is away: each further document would fail as this one
                else:
                    if seconds is None:
                        self.queues.done(host)
                    else:
                        self.queues.postpone(host, document_id, seconds)
        finally:
            connections.close_all()

    def _visit(self, host: str, document_id: int, name: str) -> float | None:
        """Visit a document in this process's turn at its host; return how long to wait where it is another's turn."""
        with turn(host=host, gap=self.gap) as wait:
            if wait is None or self.stopping.wait(wait):
                return BUSY_HOST_SECONDS
            captured = capture_document(
                document_id=document_id, fetcher=self.fetcher, at=self.now(), by=name, due_at=self.due_at
            )
        self._count(captured, "")
        return None

    def _count(self, captured: Captured | None, broken: str) -> None:
        with self.lock:
            account = self.account
            if captured is None:
                account.broken.append(broken)
            else:
                account.endings[captured.outcome] += 1
                account.reextracted += captured.reextracted is not None
            self.progress("documents visited", account.total - account.left, account.total)
