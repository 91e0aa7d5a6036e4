"""Recomputes all evidence on every core. Killed at any moment and run again, it goes on where it was."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, transaction

from changes.acts.verify_revisions import verify_revisions
from changes.models import ChangeRevision
from clauses.acts.verify_passages import verify_analyses, verify_passages
from clauses.models import Analysis
from platforms.acts import verify
from platforms.acts.verify import Part, Verified
from platforms.models import Verification, VerifiedPart

WORTH_GOING_ON = timedelta(days=1)
"""A run that was stopped longer ago is begun anew: its first parts say too little of today."""
LOCK = 7003
COUNTED = ("texts", "snapshots", "versions", "passages", "records", "size")

Progress = Callable[[str, int, int], None]


class UnderWay(Exception):
    """Another process verifies already."""


def verify_part(part: Part) -> Verified:
    """Recompute one part."""
    verified = Verified()
    if part.kind == "texts":
        verify.verify_texts(part, verified, verify_passages)
    else:
        {
            "bytes": verify.verify_bytes,
            "snapshots": verify.verify_snapshots,
            "versions": verify.verify_versions,
            "records": verify.verify_records,
            "analyses": verify_analyses,
            "changes": verify_revisions,
        }[part.kind](part, verified)
    return verified


def run(*, processes: int, now: Callable[[], datetime], progress: Progress, anew: bool = False) -> Verification:
    """Verify everything, or go on with a run that was stopped; return it with its counts.

    Raises UnderWay where another process is at it.
    """
    with _workers(processes) as verified, _alone():
        verification = None if anew else Verification.objects.under_way(now() - WORTH_GOING_ON)
        if verification is None:
            verification = _plan(now())
        waiting = list(verification.parts.filter(counts__isnull=True).order_by("-size", "pk"))
        total = verification.parts.count()
        for done, (row, result) in enumerate(verified(waiting), start=total - len(waiting) + 1):
            row.counts = {name: count for name, count in asdict(result).items() if name in COUNTED}
            row.faults = result.faults
            row.save(update_fields=["counts", "faults"])
            progress("parts verified", done, total)
        return _closed(verification, now())


def faults_of(verification: Verification) -> list[str]:
    """Return what did not hold, in words."""
    return [fault for faults in verification.parts.order_by("pk").values_list("faults", flat=True) for fault in faults]


@transaction.atomic
def _plan(at: datetime) -> Verification:
    verification = Verification.objects.create(started_at=at)
    planned = [
        *verify.parts(),
        *verify.by_rows("analyses", list(Analysis.objects.numbered().order_by("pk").values_list("pk", flat=True))),
        *verify.by_rows("changes", list(ChangeRevision.objects.order_by("pk").values_list("pk", flat=True))),
    ]
    VerifiedPart.objects.bulk_create([VerifiedPart(verification=verification, **_row(part)) for part in planned])
    return verification


@contextmanager
def _workers(processes: int) -> Iterator[Callable[[Sequence[VerifiedPart]], Iterator[tuple[VerifiedPart, Verified]]]]:
    """Give what verifies parts, here or in so many processes, in the order in which they are done."""
    if processes <= 1:
        yield lambda rows: ((row, verify_part(_part(row))) for row in rows)
        return
    # Forked before this process connects again: each has a connection of its own, and none holds this one's open, on
    # which the lock is, once this process is killed.
    connection.close()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        pool.submit(os.getpid).result()

        def verified(rows: Sequence[VerifiedPart]) -> Iterator[tuple[VerifiedPart, Verified]]:
            futures = {pool.submit(verify_part, _part(row)): row for row in rows}
            yield from ((futures[future], future.result()) for future in as_completed(futures))

        yield verified


def _end_with(parent: int) -> None:
    """Let a worker end soon after the process that started it, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@transaction.atomic
def _closed(verification: Verification, at: datetime) -> Verification:
    """Add the parts up. Those of earlier runs go; what this one found wrong stays readable."""
    parts = list(verification.parts.all())
    for name in COUNTED:
        setattr(verification, name, sum(part.counts[name] for part in parts if part.counts is not None))
    verification.faults = sum(len(part.faults) for part in parts)
    verification.finished_at = at
    verification.save()
    VerifiedPart.objects.exclude(verification=verification).delete()
    return verification


def _part(row: VerifiedPart) -> Part:
    return Part(row.kind, row.first, row.last, row.size)


def _row(part: Part) -> dict[str, object]:
    return {"kind": part.kind, "first": part.first, "last": part.last, "size": part.size}


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise UnderWay("Another process verifies the evidence just now; wait for it to end.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
