"""Visits are folded without losing one: a run says how many, from when to when, and failures say why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.acts.record_check import record_check
from platforms.check_runs import CheckRun, check_runs, failures_in_a_row, is_ailing
from platforms.models import Check, Document, FailureReason, Outcome

AT = datetime(2026, 12, 1, tzinfo=UTC)
SAYS = {
    ".": (Outcome.UNCHANGED, FailureReason.NONE),
    "c": (Outcome.CHANGED, FailureReason.NONE),
    "e": (Outcome.FAILED, FailureReason.HTTP_ERROR),
    "w": (Outcome.FAILED, FailureReason.LOG_IN_WALL),
}


def visited(document: Document, story: str) -> None:
    for n, sign in enumerate(story):
        outcome, reason = SAYS[sign]
        record_check(document=document, checked_at=AT + timedelta(hours=n), outcome=outcome, reason=reason)


@pytest.fixture
def document(demonstration, db) -> Document:
    """Give a document of the demonstration; its own visits lie before those of a test."""
    return Document.objects.order_by("pk")[0]


def test_equal_visits_in_a_row_are_one_run(document: Document) -> None:
    before = check_runs(document.pk, size=1000).rows
    visited(document, "c..c.....eeew..cc")
    runs = check_runs(document.pk, size=1000).rows
    told = [(run.outcome.value, run.reason.value, run.number) for run in runs[: len(runs) - len(before)]]
    assert told == [
        ("changed", "", 1),
        ("changed", "", 1),
        ("unchanged", "", 2),
        ("failed", "log_in_wall", 1),
        ("failed", "http_error", 3),
        ("unchanged", "", 5),
        ("changed", "", 1),
        ("unchanged", "", 2),
        ("changed", "", 1),
    ]
    longest = runs[5]
    assert (longest.first_at, longest.last_at) == (AT + timedelta(hours=4), AT + timedelta(hours=8))
    assert runs[len(runs) - len(before) :] == before


def test_no_visit_is_lost_or_told_twice_over_the_pages(document: Document) -> None:
    visited(document, "c..e.c...w..ee.c" * 5)
    seen: list[CheckRun] = []
    before = 0
    while True:
        page = check_runs(document.pk, before=before, size=7)
        assert page.is_first == (not seen)
        seen += page.rows
        if not page.next_before:
            break
        before = page.next_before
    assert [run.run for run in seen] == list(range(len(seen), 0, -1))
    assert sum(run.number for run in seen) == Check.objects.filter(document=document).count()


def test_a_run_keeps_its_number_while_visits_are_added(document: Document) -> None:
    visited(document, "c..e")
    old = {run.run: (run.outcome, run.first_at) for run in check_runs(document.pk, size=1000).rows}
    record_check(document=document, checked_at=AT + timedelta(days=9), outcome=Outcome.CHANGED)
    new = {run.run: (run.outcome, run.first_at) for run in check_runs(document.pk, size=1000).rows}
    assert old.items() <= new.items()


@given(st.text(alphabet=".cew", max_size=12))
def test_failures_are_counted_up_to_the_last_visit_that_found_a_text(story: str) -> None:
    latest = [Check(outcome=SAYS[sign][0]) for sign in reversed(story)]
    trailing = len(story) - len(story.rstrip("ew"))
    assert failures_in_a_row(latest) == trailing
    assert is_ailing(latest) == (trailing >= 3)
