"""What robots.txt files ask of us (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import httpx
from protego import Protego

from platforms.fetching.failures import Failure, FetchFailed
from platforms.fetching.limits import PRODUCT

KEPT = timedelta(hours=1)
"""How long a file is remembered (RFC 9309, 2.4, allows a day)."""
KEPT_AFTER_FAILURE = timedelta(minutes=5)
BYTES = 512_000
"""Read of a file at most (2.5 asks for 500 KiB)."""
REDIRECTS = 5
"""Followed on the way to a file (2.3.1.2); what lies further counts as not there."""
LONGEST_DELAY = 30.0
"""Seconds of a crawl-delay that are honoured; the directive is custom, not RFC 9309."""
MOST_SITES = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came when a robots.txt was asked for."""

    status: int
    body: bytes


@dataclass(slots=True)
class _Site:
    lock: Lock
    until: datetime | None = None
    rules: Protego | None = None
    status: int = 200


class Robots:
    """Remembers the robots.txt of each site. Threads may share one.

    Args:
        get: asks for a robots.txt, following redirects; raises FetchFailed where none came.
        now: the time in UTC.
    """

    def __init__(self, get: Callable[[httpx.URL], Answer], now: Callable[[], datetime]) -> None:
        self._get = get
        self._now = now
        self._sites: dict[str, _Site] = {}
        self._lock = Lock()

    def delay_for(self, url: httpx.URL) -> float:
        """Return how many seconds the site wants between requests.

        Raises:
            FetchFailed: blocked_by_robots, where we may not ask for this address; else what hindered asking.
        """
        site = self._site(url)
        if site.rules is None:
            raise FetchFailed(
                Failure.BLOCKED_BY_ROBOTS,
                f"{url.host} answered {site.status} to the question for robots.txt, and until it answers properly "
                "nothing may be fetched (RFC 9309, 2.3.1.4); it will be tried again.",
                final_url=str(url),
            )
        if not site.rules.can_fetch(str(url), PRODUCT):
            raise FetchFailed(
                Failure.BLOCKED_BY_ROBOTS,
                f"The robots.txt of {url.host} keeps {PRODUCT} away from {url.path}: ask the operator of the site for "
                "leave, or declare another address of the document.",
                final_url=str(url),
            )
        return min(max(site.rules.crawl_delay(PRODUCT) or 0.0, 0.0), LONGEST_DELAY)

    def _site(self, url: httpx.URL) -> _Site:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with self._lock:
            site = self._sites.setdefault(origin, _Site(Lock()))
            if len(self._sites) > MOST_SITES:
                del self._sites[next(iter(self._sites))]
        with site.lock:  # one thread asks, the others wait for its answer
            if site.until is None or self._now() >= site.until:
                answer = self._asked(url)
                site.rules, site.status = _rules(answer), answer.status
                site.until = self._now() + (KEPT if site.rules else KEPT_AFTER_FAILURE)
        return site

    def _asked(self, url: httpx.URL) -> Answer:
        try:
            return self._get(url.copy_with(raw_path=b"/robots.txt"))
        except FetchFailed as e:
            e.final_url = str(url)  # what hinders the question hinders the fetch
            raise


def _rules(answer: Answer) -> Protego | None:
    """Return the rules of an answer; none mean that nothing may be fetched for now."""
    if answer.status >= 500:
        return None
    if not 200 <= answer.status < 300:  # not there (2.3.1.3): everything may be fetched
        return Protego.parse("")
    return Protego.parse(answer.body.decode("utf-8-sig", "replace"))
