"""Many documents at once, and the commands that do it."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from clauses.models import Reading
from platforms.acts.capture import Ending
from platforms.acts.capture_due import capture_documents
from platforms.acts.known import known_of
from platforms.fetching import Fetcher
from platforms.models import CaptureState, Check, Document
from tests.capture.pages import AT, document, page, platform
from tests.platforms.fetching.site import Answer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _loopback_is_allowed(settings):
    settings.CAPTURE_PRIVATE_RANGES = ["127.0.0.0/8"]
    settings.CAPTURE_SECONDS_BETWEEN_REQUESTS = 0.0


def told(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def run(limits, documents: list[int], stopping: Event | None = None):
    with Fetcher(limits) as fetcher:
        return capture_documents(
            documents=documents, fetcher=fetcher, by="test", now=lambda: AT, workers=6, gap=0,
            due_at=None, progress=lambda label, done, total: None, stopping=stopping,
        )  # fmt: skip


def test_every_document_is_visited_once_and_one_that_breaks_stops_no_other(site, limits, monkeypatch):
    made = [document(site.put(f"/{n}", page(n, title=f"Policy {n}")), f"policy-{n}") for n in range(2, 22)]
    broken = made[7].pk

    def breaks(document: Document, **options):
        if document.pk == broken:
            raise RuntimeError("a fault of the program")
        return known_of(document, **options)

    monkeypatch.setattr("platforms.acts.capture.known_of", breaks)
    account = run(limits, [kept.pk for kept in made])
    assert account.endings == {Ending.CHANGED: 19}
    assert account.broken == [f"CA-D-{broken:05d}: RuntimeError: a fault of the program"]
    assert account.left == 0
    assert Check.objects.count() == 19
    assert not CaptureState.objects.exclude(claimed_by="").exists()
    with connection.cursor() as cursor:  # the threads left no connection behind
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        assert cursor.fetchone() == (1,)


def test_a_host_is_asked_by_one_thread_at_a_time(site, limits):
    at_once, most, lock = 0, 0, threading.Lock()

    def answer(seen) -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.01)
        with lock:
            at_once -= 1
        return Answer(page().encode())

    made = []
    for n in range(12):
        site.answers[f"/{n}"] = answer
        made.append(document(site.url(f"/{n}"), f"policy-{n}").pk)
    assert run(limits, made).visited == 12
    assert most == 1


def test_a_stopped_run_finishes_what_it_began_and_leaves_the_rest(site, limits):
    stopping = Event()

    def answer(seen) -> Answer:
        stopping.set()
        return Answer(page().encode())

    made = []
    for n in range(9):
        site.answers[f"/{n}"] = answer
        made.append(document(site.url(f"/{n}"), f"policy-{n}").pk)
    account = run(limits, made, stopping=stopping)
    assert (account.visited, account.left) == (1, 8)
    assert Document.objects.due(AT).count() == 8


def test_capture_takes_what_is_due_the_longest_due_first(site):
    slugs = ["late", "soon", "new", "early"]
    made = {slug: document(site.put(f"/{slug}", page(title=slug)), slug) for slug in slugs}
    now = timezone.now()
    for slug, hours in {"late": -1, "soon": 1, "early": -5}.items():
        CaptureState.objects.create(document=made[slug], next_check_at=now + timedelta(hours=hours))
    assert told("capture", workers=1) == "3 documents visited: 3 with a new text, 0 unchanged, 0 failed.\n"
    assert [seen.path for seen in site.seen if seen.path != "/robots.txt"] == ["/new", "/early", "/late"]
    assert told("capture") == "0 documents visited: 0 with a new text, 0 unchanged, 0 failed.\n"
    assert "4 documents visited: 1 with a new text, 3 unchanged" in told("capture", "--all")


def test_capture_takes_what_is_named(site):
    first = document(site.put("/a", page()), "a")
    document(site.put("/b", page(24)), "b", platform=platform("quayside"))
    document("", "c", platform=platform("inland"))
    assert "1 documents visited: 1 with a new text" in told("capture", first.record_id)
    assert "1 documents visited: 0 with a new text, 1 unchanged" in told("capture", str(first.pk))
    assert "1 documents visited: 1 with a new text" in told("capture", "quayside")
    assert "0 documents visited" in told("capture", "quayside", "--due")
    for wrong in ("inland", "nowhere", "CA-D-99999"):
        with pytest.raises(CommandError, match=wrong):
            told("capture", wrong)


def test_refresh_captures_and_reads(site, taxonomy):
    kept = document(site.put("/policy", page()))
    said = told("refresh")
    assert said.startswith("1 documents visited: 1 with a new text, 0 unchanged, 0 failed; 1 versions read, ")
    kept.refresh_from_db()
    assert Reading.objects.get().version == kept.latest_version
    assert told("refresh").startswith("0 documents visited")
