"""A document is claimed by one at a time, a host is asked by one at a time, and a claim that ran out writes nothing."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from platforms.acts.capture import Ending, capture_document
from platforms.acts.claim import claim_document, release
from platforms.acts.host_turn import turn
from platforms.fetching import Conditions, Fetched, Fetcher
from platforms.models import CaptureState, Check, HostTurn, Snapshot, Version
from tests.capture.pages import AT, document, page

pytestmark = pytest.mark.django_db(transaction=True)


def ran_out() -> None:
    CaptureState.objects.exclude(claimed_by="").update(claimed_until=timezone.now() - timedelta(seconds=1))


def test_one_claim_at_a_time_and_one_that_ran_out_is_taken_over():
    kept = document("https://example.org/policy")
    mine = claim_document(document_id=kept.pk, by="me")
    assert mine is not None
    assert claim_document(document_id=kept.pk, by="you") is None
    ran_out()
    yours = claim_document(document_id=kept.pk, by="you")
    assert yours is not None
    release(document_id=kept.pk, claim=mine)  # no longer mine to give up
    assert claim_document(document_id=kept.pk, by="me") is None
    release(document_id=kept.pk, claim=yours)
    assert claim_document(document_id=kept.pk, by="me") is not None


def test_of_many_at_once_one_gets_the_claim():
    kept = document("https://example.org/policy")
    together, claims = Barrier(8), []

    def attempt() -> None:
        together.wait()
        claims.append(claim_document(document_id=kept.pk, by="somebody"))
        connections.close_all()

    threads = [Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(claim is not None for claim in claims) == 1


def test_a_document_that_is_no_longer_due_is_not_claimed():
    kept = document("https://example.org/policy")
    CaptureState.objects.create(document=kept, next_check_at=AT)
    assert claim_document(document_id=kept.pk, by="me", due_at=AT - timedelta(seconds=1)) is None
    assert claim_document(document_id=kept.pk, by="me", due_at=AT) is not None


class Meanwhile:
    """Fetches, and lets something happen before the page comes."""

    def __init__(self, fetcher: Fetcher, happens) -> None:
        self.fetcher, self.happens = fetcher, happens

    def fetch(self, url: str, conditions: Conditions = Conditions()) -> Fetched:  # noqa: B008
        assert not connection.in_atomic_block
        self.happens()
        return self.fetcher.fetch(url, conditions)


def test_who_lost_the_claim_writes_nothing(site, limits):
    kept = document(site.put("/policy", page()))

    def another_takes_over() -> None:
        ran_out()
        assert claim_document(document_id=kept.pk, by="another") is not None

    with Fetcher(limits) as fetcher:
        slow = Meanwhile(fetcher, another_takes_over)
        assert capture_document(document_id=kept.pk, fetcher=slow, at=AT, by="slow").outcome == Ending.LOST
    assert [model.objects.count() for model in (Check, Version, Snapshot)] == [0, 0, 0]
    assert CaptureState.objects.get().claimed_by.startswith("another")


def test_an_error_gives_the_claim_up(limits):
    kept = document("https://example.org/policy")

    def breaks() -> None:
        raise RuntimeError("broken")

    with Fetcher(limits) as fetcher, pytest.raises(RuntimeError):
        capture_document(document_id=kept.pk, fetcher=Meanwhile(fetcher, breaks), at=AT, by="me")
    assert CaptureState.objects.get().claimed_by == ""
    assert not Check.objects.exists()


def elsewhere(host: str) -> float | None:
    """Try to take a turn over another connection, as another process does."""
    waits: list[float | None] = []

    def attempt() -> None:
        with turn(host=host, gap=5) as wait:
            waits.append(wait)
        connections.close_all()

    thread = Thread(target=attempt)
    thread.start()
    thread.join()
    return waits[0]


def test_a_host_is_asked_in_turns_and_not_at_once_again():
    with turn(host="example.org", gap=5) as wait:
        assert wait == 0
        assert elsewhere("example.org") is None
        assert elsewhere("example.net") == 0
    after = elsewhere("example.org")
    assert after is not None
    assert 0 < after <= 5
    HostTurn.objects.update(asked_at=timezone.now() - timedelta(seconds=6))
    assert elsewhere("example.org") == 0


def test_the_turn_of_a_session_that_ended_is_free():
    with turn(host="example.org", gap=5):
        connection.close()
        assert elsewhere("example.org") == 0
