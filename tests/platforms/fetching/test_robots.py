"""What sites ask of robots is done (RFC 9309), and requests to one host keep their distance."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from platforms.fetching import Failure, Fetcher, FetchFailed, Limits
from platforms.fetching.politeness import Politeness
from tests.platforms.fetching.site import Site


class Time:
    """A time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 9, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def clock(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


def is_allowed(limits: Limits, url: str) -> bool:
    with Fetcher(limits) as fetcher:
        return outcome(fetcher, url) is None


def outcome(fetcher: Fetcher, url: str) -> Failure | None:
    try:
        fetcher.fetch(url)
    except FetchFailed as e:
        return e.failure
    return None


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /policy", False),
        ("User-agent: *\nDisallow: /\nAllow: /policy", True),  # the longest match decides, not the first
        ("User-agent: *\nDisallow: /*icy$", False),
        ("User-agent: ConductAtlas\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: conductatlas\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("<html>a page instead</html>", True),
    ],
)
def test_rules_are_obeyed(site: Site, limits: Limits, robots: str, allowed: bool) -> None:
    site.robots(robots)
    assert is_allowed(limits, site.url("/policy")) is allowed
    assert len(site.asked("/policy")) == allowed


def test_a_denied_page_is_explained(site: Site, limits: Limits) -> None:
    with Fetcher(limits) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.fetch(site.url("/denied/policy"))
    assert "robots.txt" in caught.value.explanation
    assert caught.value.final_url == site.url("/denied/policy")


def test_a_redirect_into_a_denied_place_is_not_followed(site: Site, limits: Limits) -> None:
    site.redirect("/moved", "/denied/policy")
    assert not is_allowed(limits, site.url("/moved"))
    assert site.asked("/denied/policy") == []


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_no_file_allows_and_an_error_forbids(site: Site, limits: Limits, status: int, allowed: bool) -> None:
    site.robots("", status)
    assert is_allowed(limits, site.url("/policy")) is allowed


def test_a_file_that_has_moved_is_followed_five_times(site: Site, limits: Limits) -> None:
    site.put("/there", "User-agent: *\nDisallow: /", content_type="text/plain")
    site.redirect("/robots.txt", "/there")
    assert not is_allowed(limits, site.url("/policy"))
    site.redirect("/robots.txt", "/loop")
    assert is_allowed(limits, site.url("/policy"))


def test_an_endless_file_forbids_for_now(site: Site, limits: Limits) -> None:
    site.redirect("/robots.txt", "/endless")
    assert not is_allowed(limits, site.url("/policy"))


def test_whoever_may_not_ask_does_not(site: Site, limits: Limits) -> None:
    assert is_allowed(replace(limits, respects_robots=False), site.url("/denied/policy"))
    assert site.asked("/robots.txt") == []


@pytest.mark.parametrize(("status", "minutes"), [(200, 60), (404, 60), (500, 5)])
def test_a_file_is_remembered_for_a_while(site: Site, limits: Limits, status: int, minutes: int) -> None:
    time = Time()
    site.robots("User-agent: *\nDisallow: /denied/", status)
    with Fetcher(limits, now=time.now) as fetcher:
        for asked in (1, 1, 2):
            assert outcome(fetcher, site.url("/policy")) == (Failure.BLOCKED_BY_ROBOTS if status == 500 else None)
            assert len(site.asked("/robots.txt")) == asked
            time.at += timedelta(minutes=minutes) / 2


@pytest.mark.parametrize(
    ("asked", "expected"), [("", 2), ("Crawl-delay: 7", 7), ("Crawl-delay: 900", 30), ("Crawl-delay: 1", 2)]
)
def test_requests_to_one_host_keep_their_distance(site: Site, limits: Limits, asked: str, expected: float) -> None:
    time = Time()
    site.robots(f"User-agent: *\n{asked}\nDisallow: /denied/")
    polite = replace(limits, seconds_between_requests=2.0)
    with Fetcher(polite, now=time.now, sleep=time.sleep, clock=time.clock) as fetcher:
        for _ in range(3):
            fetcher.fetch(site.url("/policy"))
        assert time.slept == [expected, expected]
        fetcher.fetch(site.url("/policy", "localhost"))
    assert time.slept == [expected, expected]


def test_without_politeness_nobody_waits(site: Site, limits: Limits) -> None:
    time = Time()
    site.robots("User-agent: *\nCrawl-delay: 9\nDisallow: /denied/")
    with Fetcher(limits, sleep=time.sleep, clock=time.clock) as fetcher:
        fetcher.fetch(site.url("/redirects/3"))
    assert time.slept == []


def test_threads_get_moments_one_after_another() -> None:
    waited: list[float] = []
    politeness = Politeness(lambda: 0.0, waited.append)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: politeness.wait_for("example.org", 3), range(6)))
    assert sorted(waited) == [3, 6, 9, 12, 15]
