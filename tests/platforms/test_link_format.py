"""Links, times and addresses as Memento has them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.text.link_format import http_date, link, read_http_date
from platforms.text.web_addresses import normal_address

_PARAMETER = re.compile(r';\s*(\w+)="((?:[^"\\]|\\.)*)"')


def links(header: str) -> list[dict[str, str]]:
    """Read link-values by the grammar of RFC 8288; anything else in the header fails."""
    found, place = [], 0
    while place < len(header):
        target = re.compile(r"\s*<([^<>\"\s]+)>").match(header, place)
        assert target is not None, header[place : place + 80]
        one, place = {"": target.group(1)}, target.end()
        while parameter := _PARAMETER.match(header, place):
            assert parameter.group(1) not in one, "a parameter twice"
            one[parameter.group(1)] = re.sub(r"\\(.)", r"\1", parameter.group(2))
            place = parameter.end()
        end = re.compile(r"\s*(,|$)").match(header, place)
        assert end is not None, header[place : place + 80]
        place = end.end()
        found.append(one)
    return found


@given(st.lists(st.tuples(st.text('abc "\\,;<>=', max_size=8), st.text('abc "\\,;<>=', max_size=8)), min_size=1))
def test_links_read_back_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    header = ", ".join(link(f"https://a.example/{n}", rel, {"title": title}) for n, (rel, title) in enumerate(rows))
    assert [(one["rel"], one["title"]) for one in links(header)] == rows


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - given a zone
def test_times_read_back_to_the_second(at: datetime) -> None:
    assert read_http_date(http_date(at)) == at.replace(microsecond=0)


@pytest.mark.parametrize(
    "wrong",
    [
        "", "now", "2026-05-02", "Sat, 2 May 2026 06:00:00 GMT", "Sat, 02 May 2026 06:00:00 +0000",
        "Sun, 02 May 2026 06:00:00 GMT", "Sat, 02 May 2026 24:00:00 GMT", "Sat, 30 Feb 2026 06:00:00 GMT",
        "Saturday, 02-May-26 06:00:00 GMT", "Sat May  2 06:00:00 2026", "Sat, 02 May 2026 06:00:61 GMT",
        "Fri, 31 Dec 9999 23:59:60 GMT",
    ],
)  # fmt: skip
def test_what_is_no_such_time_is_none(wrong: str) -> None:
    assert read_http_date(wrong) is None


def test_addresses_that_are_one() -> None:
    one = normal_address("https://www.Example.com/terms?a=1")
    for same in (
        "http://www.example.com:80/terms?a=1#top",
        "https:/www.example.com./terms?a=1",
        "HTTPS://www.example.com:443/%74erms?a=1",
    ):
        assert normal_address(same) == one
    for other in (
        "https://example.com/terms?a=1",
        "https://www.example.com/terms/?a=1",
        "https://www.example.com/Terms?a=1",
        "https://www.example.com:8443/terms?a=1",
    ):
        assert normal_address(other) != one
    assert normal_address("https://bücher.example") == normal_address("http://xn--bcher-kva.example/")
    for none in ("", "CA-D-00001", "ftp://a.example/", "https:///x", "https://[::1", "https://a.example:x/"):
        assert normal_address(none) == ""
