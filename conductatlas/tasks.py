"""What the worker does across the layers: read what was captured, and say what changed."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from changes.acts.detect import detect
from clauses.acts.read import read
from clauses.models import ClauseType


@app.periodic(cron="*/5 * * * *")
@app.task(name="follow", queueing_lock="follow", lock="follow")
def follow(timestamp: int) -> None:
    """Do what follows from new versions, each stage after those it builds on; each asks for its own pending work."""
    if ClauseType.objects.exists():
        read(at=timezone.now())
        detect(at=timezone.now())
