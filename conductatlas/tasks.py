"""What the worker does across the layers: read and compare what was captured, seal it, verify it, and forget."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from changes.acts.detect import detect
from clauses.acts.read import read
from clauses.models import ClauseType
from conductatlas.corrections.receive import forget
from conductatlas.log.extend import extend_log
from conductatlas.verification import UnderWay, run
from platforms.acts.index_texts import index_texts


@app.periodic(cron="*/5 * * * *")
@app.task(name="follow", queueing_lock="follow", lock="follow")
def follow(timestamp: int) -> None:
    """Do what follows from new versions, each stage after those it builds on; each asks for its own pending work."""
    if ClauseType.objects.exists():
        read(at=timezone.now())
        detect(at=timezone.now())
    index_texts()


@app.periodic(cron="10 4 * * *")
@app.task(name="verify", queueing_lock="verify", lock="verify")
def verify(timestamp: int) -> str:
    """Recompute all evidence once a day, on one core, and say what came of it; /status/ shows it."""
    try:
        done = run(processes=1, now=timezone.now, progress=lambda label, at, total: None)
    except UnderWay as under_way:
        return str(under_way)
    return str(done)


@app.periodic(cron="*/3 * * * *")
@app.task(name="extend_log", queueing_lock="extend_log", lock="extend_log")
def extend(timestamp: int) -> int:
    """Give what was recorded since its leaf in the evidence log; return how many that were."""
    done = extend_log(at=timezone.now())
    if done.unsigned:
        logging.getLogger(__name__).warning("No checkpoint of the evidence log was signed: %s", done.unsigned)
    return done.added


@app.periodic(cron="20 3 * * *")
@app.task(name="forget", queueing_lock="forget")
def forget_senders(timestamp: int) -> None:
    """Take out of reports what is needed no longer, as the form promises: who sent them, and where to answer."""
    forget(at=timezone.now())
