"""Timelines are drawn to scale: nothing leaves the frame, and order in time is order on the page."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conductatlas.pages.timeline import Block, Flag, timeline

TIMES = st.datetimes(min_value=datetime(2004, 1, 1), max_value=datetime(2026, 11, 24), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.lists(TIMES, min_size=1, max_size=40), st.lists(TIMES, max_size=4))
def test_everything_stands_in_the_frame_and_in_order(moments: list[datetime], flags: list[datetime]) -> None:
    moments = sorted(moments)
    blocks = [Block(f"Wording {n}", a, b, is_now=False) for n, (a, b) in enumerate(itertools.pairwise(moments), 1)]
    blocks.append(Block("Now", moments[-1], moments[-1], is_now=True))
    drawing = timeline(moments, blocks, [Flag("analysis", at) for at in flags])
    ticks = [float(tick) for tick in drawing.ticks]
    assert ticks == sorted(ticks)
    for part in (*drawing.blocks, *drawing.quarters, *drawing.years, *drawing.flags):
        assert 0 <= float(part.x) <= 100
        assert float(part.x) + float(part.width or 0) <= 101
        assert 0 <= part.y < drawing.height
    assert all(0 <= tick <= 100 for tick in ticks)
    assert sum(float(quarter.width) for quarter in drawing.quarters) > 99.5
    assert "Now from" in drawing.says


def test_a_span_of_a_year_takes_its_share() -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    drawing = timeline(
        [start, start + timedelta(days=730)], [Block("First", start, start + timedelta(days=365), is_now=False)]
    )
    assert 40 < float(drawing.blocks[0].width) < 50  # of two years and the quarter that they end in
