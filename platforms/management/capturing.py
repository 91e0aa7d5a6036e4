"""Runs captures from a command: with the settings' limits, progress, and an ending at Ctrl-C that loses nothing."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from platforms.acts.capture import Ending
from platforms.acts.capture_due import Account, capture_documents, this_process
from platforms.fetching import Fetcher
from platforms.limits import limits

WORKERS = 8
"""Threads; they mostly wait for servers."""
STOPPED = 130
"""Exit status of a command that Ctrl-C stopped."""


def run_capture(
    documents: Sequence[int],
    *,
    due_at: datetime | None,
    workers: int,
    progress: Callable[[str, int, int], None],
    stopping: Event,
) -> Account:
    """Visit documents by the limits of the settings. Raises CommandError where those are none."""
    try:
        kept_to = limits()
    except ValueError as error:
        raise CommandError(f"CAPTURE_PRIVATE_RANGES: {error}") from error
    with Fetcher(kept_to) as fetcher:
        return capture_documents(
            documents=documents,
            fetcher=fetcher,
            by=this_process(),
            now=timezone.now,
            workers=workers,
            gap=kept_to.seconds_between_requests,
            due_at=due_at,
            progress=progress,
            stopping=stopping,
        )


def account_of(account: Account) -> str:
    """Return in words what a run did."""
    ends = account.endings
    counts = [
        f"{account.visited:,} documents visited: {ends[Ending.CHANGED]:,} with a new text, "
        f"{ends[Ending.UNCHANGED]:,} unchanged, {ends[Ending.FAILED]:,} failed"
    ]
    busy = ends[Ending.BUSY] + ends[Ending.LOST]
    counts += [f"{busy:,} in other hands"] if busy else []
    counts += [f"{account.reextracted:,} read anew by another extractor"] if account.reextracted else []
    counts += [f"{len(account.broken):,} broken off by an error"] if account.broken else []
    counts += [f"{account.left:,} not come to"] if account.left else []
    return ", ".join(counts)


@contextmanager
def ending_at_ctrl_c() -> Iterator[Event]:
    """Give an event that the first Ctrl-C sets; a second one interrupts, as usual."""
    stopping = Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: Any) -> None:
        stopping.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGINT, before)
