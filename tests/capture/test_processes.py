"""Real processes: killed at any moment, and several at once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from threading import Lock

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.utils import timezone

from clauses.models import Passage, Reading
from platforms.models import CaptureState, Check, Document, Snapshot, Version
from tests.capture.forking import Forks
from tests.capture.pages import document, page
from tests.platforms.fetching.site import Answer, Seen

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENTS = 40


def ten_minutes_pass() -> None:
    """Let the leases of processes that were killed run out."""
    past = timezone.now() - timedelta(seconds=1)
    CaptureState.objects.exclude(claimed_by="").update(claimed_until=past)


def kill_ten(forks: Forks, chance: random.Random) -> int:
    """Start refresh ten times and kill each after a moment; return how many were killed before their end."""
    killed = 0
    for _ in range(10):
        process = forks.begin("refresh --workers 3")
        time.sleep(chance.uniform(0.02, 0.4))  # a kill may come at any moment: that is the point
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        killed += forks.end() == -signal.SIGKILL
    return killed


def run_through(forks: Forks) -> None:
    ten_minutes_pass()
    forks.begin("refresh --workers 3")
    assert forks.end() == 0


def assert_whole(versions_each: int) -> None:
    """Expect that many versions of every document, each with snapshot, check, class and reading, once."""
    counted = Document.objects.annotate(n=Count("versions")).values_list("n", flat=True)
    assert Counter(counted) == {versions_each: DOCUMENTS}
    total = versions_each * DOCUMENTS
    assert Version.objects.count() == Snapshot.objects.count() == total
    assert set(Check.objects.values_list("snapshot", flat=True)) == set(Snapshot.objects.values_list("pk", flat=True))
    assert Counter(Check.objects.values_list("outcome", flat=True)) == {"changed": total}
    assert Version.objects.filter(version_class=None).count() == 0
    assert Reading.objects.count() == total
    assert not CaptureState.objects.exclude(claimed_by="").exists()
    assert not Document.objects.due(timezone.now()).exists()
    twice = Passage.objects.values("version", "start", "end", "provision").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


def test_refresh_killed_twenty_times_leaves_nothing_half_and_loses_nothing(site, taxonomy):
    for n in range(DOCUMENTS):
        document(site.put(f"/{n}", page(12, title=f"Policy {n}")), f"policy-{n}")
    chance = random.Random(20261124)
    with Forks() as forks:
        killed = kill_ten(forks, chance)
        run_through(forks)
        assert_whole(1)
        for n in range(DOCUMENTS):
            site.put(f"/{n}", page(24, title=f"Policy {n}"))
        CaptureState.objects.update(next_check_at=timezone.now())
        killed += kill_ten(forks, chance)
        run_through(forks)
        assert_whole(2)
    assert killed >= 10
    call_command("verify_evidence", verbosity=0)


def test_two_processes_never_have_one_document_at_once(site, taxonomy):
    lock, at_work, clashes = Lock(), Counter[str](), []

    def answer(seen: Seen) -> Answer:
        with lock:
            at_work[seen.path] += 1
            if at_work[seen.path] > 1 or at_work.total() > 1:
                clashes.append(seen.path)
        time.sleep(0.01)
        with lock:
            at_work[seen.path] -= 1
        return Answer(page(title=f"Policy {seen.path}").encode())

    for n in range(30):
        site.answers[f"/{n}"] = answer
        document(site.url(f"/{n}"), f"policy-{n}")
    with Forks() as one, Forks() as other:
        for forks in (one, other):
            forks.begin("capture --workers 3")
        assert (one.end(), other.end()) == (0, 0)
    assert clashes == []  # neither one document twice, nor the host by two
    assert Counter(Check.objects.values_list("outcome", flat=True)) == {"changed": 30}
    assert Version.objects.count() == 30
