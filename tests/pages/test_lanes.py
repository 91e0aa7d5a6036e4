"""The timeline of a platform is drawn to scale: every change is in a mark, nothing leaves the frame."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clauses.models import Severity
from conductatlas.pages.lanes import Change, Lane, lane_timeline

TIMES = st.datetimes(min_value=datetime(2004, 1, 1), max_value=datetime(2026, 11, 24), timezones=st.just(UTC))  # noqa: DTZ001
CHANGES = st.lists(st.builds(Change, TIMES, st.sampled_from(Severity)), max_size=60)


@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_every_change_is_in_a_mark_and_the_heaviest_shows(histories: list[list[Change]]) -> None:
    start, end = datetime(2004, 1, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
    drawing = lane_timeline([Lane(f"Document {n}", start, end, changes) for n, changes in enumerate(histories)])
    order = list(Severity)
    for lane, changes in zip(drawing.lanes, histories, strict=True):
        assert sum(mark.number for mark in lane.marks) == len(changes)
        assert 0 <= float(lane.x) <= float(lane.end) <= 100
        assert 0 < lane.name_y < lane.line_y < drawing.axis < drawing.height
        places = [float(mark.place) for mark in lane.marks]
        assert places == sorted(places)
        assert all(0 <= place <= 100 for place in places)
        if changes:
            heaviest = min((change.severity for change in changes), key=order.index)
            assert heaviest in {mark.severity for mark in lane.marks}
    assert drawing.says.startswith(f"{sum(map(len, histories))} change")


def test_changes_that_would_overlap_are_one_mark_that_says_how_many() -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    near = [Change(start + timedelta(days=n), Severity.LOW if n else Severity.HIGH) for n in range(3)]
    (lane,) = lane_timeline([Lane("Terms", start, start + timedelta(days=2500), near)]).lanes
    (mark,) = lane.marks
    assert mark.says == "3 changes, 1 Jan 2020 to 3 Jan 2020: at most high"
