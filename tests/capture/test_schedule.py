"""When a document is checked next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from platforms.text.schedule import (
    FIRST,
    FIRST_RETRY,
    JITTER,
    LONGEST,
    SHORTEST,
    back_off,
    next_check,
    next_interval,
    retry_after,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)
visits = st.lists(st.booleans(), max_size=60)


@given(visits)
def test_intervals_stay_within_bounds_and_move_the_right_way(changes: list[bool]) -> None:
    interval = FIRST
    for changed in changes:
        after = next_interval(interval, changed=changed)
        assert SHORTEST <= after <= LONGEST
        assert after <= interval if changed else after >= interval
        interval = after


def test_a_change_halves_and_a_quiet_visit_adds_half():
    assert next_interval(timedelta(days=4), changed=True) == timedelta(days=2)
    assert next_interval(timedelta(days=4), changed=False) == timedelta(days=6)
    assert next_interval(timedelta(days=13), changed=False) == LONGEST
    assert next_interval(timedelta(hours=7), changed=True) == SHORTEST


@given(st.integers(1, 10**6))
def test_failures_are_retried_ever_later(failures: int) -> None:
    assert FIRST_RETRY <= back_off(failures) <= back_off(failures + 1) <= LONGEST
    assert back_off(1) == FIRST_RETRY
    assert back_off(3) == 4 * FIRST_RETRY


@given(st.integers(1, 10**9), st.timedeltas(timedelta(minutes=1), LONGEST))
def test_jitter_is_small_and_always_the_same(document: int, wait: timedelta) -> None:
    moment = next_check(AT, wait, document_id=document)
    assert moment == next_check(AT, wait, document_id=document)
    slack = timedelta(microseconds=2)
    assert wait * (1 - JITTER) - slack <= moment - AT <= wait * (1 + JITTER) + slack


def test_jitter_spreads_a_list_that_was_added_at_once():
    moments = {next_check(AT, FIRST, document_id=n).replace(second=0, microsecond=0) for n in range(200)}
    assert len(moments) > 100


@given(st.text(max_size=40))
def test_a_retry_after_of_any_kind_is_bounded(value: str) -> None:
    assert timedelta(0) <= retry_after(value, AT) <= LONGEST


def test_a_retry_after_is_seconds_or_a_date():
    assert retry_after("120", AT) == timedelta(minutes=2)
    assert retry_after("Sun, 01 Mar 2026 02:00:00 GMT", AT) == timedelta(hours=2)
    assert retry_after("Sun, 01 Feb 2026 02:00:00 GMT", AT) == timedelta(0)
    assert retry_after("9" * 400, AT) == LONGEST
