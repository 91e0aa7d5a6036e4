"""The queue: what is due is queued once, worked off by a real worker, and again when one was killed."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from platforms.models import CaptureState, Check
from platforms.tasks import queue_due, retry_stalled
from tests.capture.forking import Forks
from tests.capture.pages import document, page, platform
from tests.embedded.processes import until
from tests.platforms.fetching.site import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def jobs(**wanted: str) -> int:
    with connection.cursor() as cursor:
        where = " AND ".join(f"{column} = %s" for column in wanted) or "true"
        cursor.execute(f"SELECT count(*) FROM procrastinate_jobs WHERE {where}", [*wanted.values()])
        return int(cursor.fetchone()[0])


def test_what_is_due_is_queued_once_and_worked_off(site):
    for n in range(5):
        document(site.put(f"/{n}", page(title=f"Policy {n}")), f"policy-{n}")
    later = document(site.put("/later", page()), "later")
    CaptureState.objects.create(document=later, next_check_at=timezone.now() + timedelta(hours=1))
    document(site.url("/policy"), "invented", platform=platform("invented", demonstration=True))
    assert queue_due(timestamp=0) == 5
    assert queue_due(timestamp=0) == 0
    assert jobs(status="todo", lock="host 127.0.0.1") == 5
    with Forks() as forks:
        worker = forks.begin("procrastinate worker")
        until(lambda: jobs(status="todo", lock="host 127.0.0.1") + jobs(status="doing") == 0)
        os.kill(worker, signal.SIGTERM)
        assert forks.end() == 0
    assert list(Check.objects.values_list("outcome", flat=True)) == ["changed"] * 5
    assert not CaptureState.objects.exclude(claimed_by="").exists()


def test_a_worker_that_is_killed_loses_no_visit(site):
    def answer(seen) -> Answer:
        time.sleep(0.2)
        return Answer(page().encode())

    site.answers["/slow-ish"] = answer
    document(site.url("/slow-ish"))
    queue_due(timestamp=0)
    with Forks() as forks:
        worker = forks.begin("procrastinate worker")
        until(lambda: site.asked("/slow-ish"))
        os.kill(worker, signal.SIGKILL)
        assert forks.end() == -signal.SIGKILL
    assert not Check.objects.exists()
    assert jobs(status="doing", task_name="capture_one") == 1
    assert queue_due(timestamp=0) == 0  # what was at work comes back when its worker's silence is noticed
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    CaptureState.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    retry_stalled.configure(task_kwargs={"timestamp": 0}).defer()
    with Forks() as forks:
        worker = forks.begin("procrastinate worker")
        until(Check.objects.exists)
        os.kill(worker, signal.SIGTERM)
        assert forks.end() == 0
    assert Check.objects.filter(outcome="changed").count() == 1
