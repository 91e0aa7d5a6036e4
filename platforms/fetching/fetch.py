"""Fetches a page: robots.txt and politeness first, then hop by hop to where it stands."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx

from platforms.fetching.addresses import followed, host_of, parsed, resolve
from platforms.fetching.answers import Conditions, Fetched, evidence, media_type
from platforms.fetching.decoding import ACCEPTED
from platforms.fetching.exchange import Budget, Exchange, read
from platforms.fetching.explanations import of_status
from platforms.fetching.failures import Failure, FetchFailed
from platforms.fetching.guard import Resolver
from platforms.fetching.limits import Limits
from platforms.fetching.politeness import Politeness
from platforms.fetching.robots import BYTES, REDIRECTS, Answer, Robots

T = TypeVar("T")
ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/markdown;q=0.8,text/plain;q=0.8,*/*;q=0.1"
PAGES = (200, 203)
"""Statuses that come with the page; a 202 is a robot's wall at work, a 206 was not asked for."""
REDIRECTING = (301, 302, 303, 307, 308)
READABLE = ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown", "text/xml")
PDF = ("application/pdf", "application/x-pdf")
UNSAID = ("application/octet-stream", "binary/octet-stream", "application/force-download", "application/download")
"""Types that say nothing; a PDF is sometimes sent as one."""
EVIDENCE_BYTES = 1_000_000
"""Kept of an error page at most."""


def _now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches pages over HTTP. A context manager; threads may share one.

    Args:
        limits: in force for every fetch.
        now: the time in UTC, for `fetched_at` and for how long a robots.txt is remembered.
        sleep: waits so many seconds, out of politeness.
        clock: seconds that only ever grow, for politeness.
        resolver: gives the addresses of a host; the guard checks them whatever gave them.
        tls: what certificates are checked by, in place of the authorities that browsers trust.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        now: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.limits = limits
        self._now = now
        self._exchange = Exchange(limits, resolver=resolver, tls=tls)
        self._robots = Robots(self._robots_txt, now)
        self._politeness = Politeness(clock, sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._exchange.close()

    def fetch(self, url: str, conditions: Conditions = Conditions(), *, language: str = "") -> Fetched:  # noqa: B008
        """Return the page at an address.

        Args:
            url: http or https.
            conditions: what the answer before gave; the server may then say that nothing changed.
            language: wanted, as an ISO 639-1 code, where the address alone does not decide it.

        Raises:
            FetchFailed: there is none to be had; nothing else is raised.
        """
        declared = parsed(url)
        headers = {"accept": ACCEPT, "accept-encoding": ACCEPTED, **conditions.headers()}
        if language:
            headers["accept-language"] = f"{language}, *;q=0.1"

        def page(response: httpx.Response, redirects: tuple[str, ...]) -> Fetched:
            return self._page(url, response, redirects, is_conditional=bool(conditions.headers()))

        return self._walk(declared, headers, self.limits.redirects, before=self._be_polite, arrived=page)

    def _walk(
        self,
        declared: httpx.URL,
        headers: dict[str, str],
        most_redirects: int,
        *,
        before: Callable[[httpx.URL], None],
        arrived: Callable[[httpx.Response, tuple[str, ...]], T],
    ) -> T:
        """Follow redirects to an answer that is none, and return what `arrived` makes of it."""
        here, redirects, budget, cookies = (
            declared,
            tuple[str, ...](),
            Budget(self.limits.total_seconds),
            httpx.Cookies(),
        )
        while True:
            before(here)
            with self._exchange.ask(here, headers, budget, cookies=cookies) as response:
                location = response.headers.get("location", "")
                if response.status_code not in REDIRECTING or not location:
                    return arrived(response, redirects)
            if len(redirects) == most_redirects:
                raise FetchFailed(
                    Failure.TOO_MANY_REDIRECTS,
                    f"{declared} redirects more than {most_redirects} times, at last to {location[:200]}: look in a "
                    "browser where it leads, and declare that address.",
                    status=response.status_code,
                    headers=evidence(response.headers),
                    final_url=str(here),
                )
            here = followed(here, location, declared)
            redirects = (*redirects, str(here))

    def _be_polite(self, url: httpx.URL) -> None:
        delay = self._robots.delay_for(url) if self.limits.respects_robots else 0.0
        seconds = self.limits.seconds_between_requests
        if seconds:
            self._politeness.wait_for(host_of(str(url)), max(seconds, delay))

    def _robots_txt(self, url: httpx.URL) -> Answer:
        """Ask for a robots.txt. One that is too long or badly encoded counts as an error of the server."""

        def answer(response: httpx.Response, redirects: tuple[str, ...]) -> Answer:
            if not 200 <= response.status_code < 300:
                return Answer(response.status_code, b"")
            body, _ = read(response, raw=BYTES, unfolded=BYTES)
            return Answer(response.status_code, body)

        headers = {"accept": "text/plain,*/*;q=0.5", "accept-encoding": ACCEPTED}
        try:
            return self._walk(url, headers, REDIRECTS, before=lambda hop: None, arrived=answer)
        except FetchFailed as e:
            if e.failure in (Failure.TOO_MANY_REDIRECTS, Failure.BAD_REDIRECT):
                return Answer(404, b"")
            if e.failure in (Failure.TOO_LARGE, Failure.BAD_ENCODING):
                return Answer(503, b"")
            raise

    def _page(self, url: str, response: httpx.Response, redirects: tuple[str, ...], *, is_conditional: bool) -> Fetched:
        is_unmodified = response.status_code == 304 and is_conditional
        if response.status_code not in PAGES and not is_unmodified:
            raise self._http_error(response)
        content_type = response.headers.get("content-type", "")
        body, raw_size = b"", 0
        if not is_unmodified:
            if media_type(content_type) not in (*READABLE, *PDF, *UNSAID):
                raise _not_supported(response)
            body, raw_size = read(response, raw=self.limits.bytes_raw, unfolded=self.limits.bytes_decoded)
            if media_type(content_type) in UNSAID and b"%PDF-" not in body[:1024]:
                raise _not_supported(response)
        return Fetched(
            url=url,
            final_url=str(response.request.url),
            status=response.status_code,
            headers=evidence(response.headers),
            content_type=content_type,
            body=body,
            raw_size=raw_size,
            is_unmodified=is_unmodified,
            fetched_at=self._now(),
            redirects=redirects,
        )

    def _http_error(self, response: httpx.Response) -> FetchFailed:
        body: bytes | None
        try:
            body, _ = read(response, raw=EVIDENCE_BYTES, unfolded=EVIDENCE_BYTES)
        except FetchFailed:
            body = None  # the status says enough
        return FetchFailed(
            Failure.HTTP_ERROR,
            of_status(response.status_code, response.request.url),
            status=response.status_code,
            headers=evidence(response.headers),
            body=body,
            final_url=str(response.request.url),
        )


def _not_supported(response: httpx.Response) -> FetchFailed:
    kind = media_type(response.headers.get("content-type", ""))[:100]
    return FetchFailed(
        Failure.NOT_SUPPORTED,
        f"{response.request.url} is {kind}, which is neither HTML, plain text nor PDF: declare the address of a page.",
        status=response.status_code,
        headers=evidence(response.headers),
        final_url=str(response.request.url),
    )
