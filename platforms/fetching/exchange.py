"""One request and its answer, within the limits."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import httpcore
import httpx

from platforms.fetching.addresses import resolve
from platforms.fetching.answers import evidence
from platforms.fetching.decoding import BadEncoding, decoded
from platforms.fetching.explanations import explained
from platforms.fetching.failures import Failure, FetchFailed
from platforms.fetching.guard import (
    DeadlinePassed,
    GuardedBackend,
    GuardedTransport,
    RefusedAddress,
    Resolver,
    UnknownHost,
    check_deadline,
    seconds_left,
)
from platforms.fetching.limits import Limits

_ERRORS = (
    RefusedAddress,
    UnknownHost,
    DeadlinePassed,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
)


class Budget:
    """The time that the exchanges of one fetch may take together."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Take the time of the block from what is left."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.left -= time.monotonic() - began


class Exchange:
    """Sends requests through the guard. Threads may share one."""

    def __init__(self, limits: Limits, *, resolver: Resolver = resolve, tls: ssl.SSLContext | None = None) -> None:
        self.limits = limits
        # The transport alone, without httpx's client: no proxy or .netrc of the environment, no cookies from one fetch
        # to the next, and no opinion on a Location header.
        self._transport = GuardedTransport(GuardedBackend(resolver, limits.allowed_private), tls)
        timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds, pool=None)
        self._extensions = {"timeout": timeout.as_dict()}

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    @contextmanager
    def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        budget: Budget,
        *,
        cookies: httpx.Cookies | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Iterator[httpx.Response]:
        """Give the answer to a GET, or to a POST of a form, its body still to be read by `read`.

        Raises:
            FetchFailed: no answer came, or it broke off within the block.
        """
        sent = [(name.encode(), value.encode()) for name, value in self._headers(headers).items()]
        request = httpx.Request("POST" if form else "GET", url, headers=sent, data=form, extensions=self._extensions)
        if cookies is not None:
            cookies.set_cookie_header(request)
        with budget.spent(), seconds_left(budget.left):
            began = time.monotonic()
            try:
                response = self._transport.handle_request(request)
                response.request = request
                try:
                    if cookies is not None:
                        cookies.extract_cookies(response)
                    yield response
                finally:
                    response.close()
            except _ERRORS as e:
                is_late = time.monotonic() - began >= budget.left
                raise explained(e, url, self.limits, is_late=is_late) from e

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        given = {"user-agent": self.limits.user_agent, **headers}
        return {name: value for name, value in given.items() if value.isprintable()}


def read(response: httpx.Response, *, raw: int, unfolded: int) -> tuple[bytes, int]:
    """Read a body, and return it decoded, with its size on the wire.

    Args:
        response: as `Exchange.ask` gives it.
        raw: bytes on the wire at most.
        unfolded: bytes after decoding at most.

    Raises:
        FetchFailed: too_large or bad_encoding.
    """
    url = response.request.url
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > raw:
        raise _too_large(response, raw)
    wire = _Counted(response.iter_raw(), raw)
    body = bytearray()
    try:
        for piece in decoded(wire, response.headers.get("content-encoding", "")):
            check_deadline()  # a bomb takes processor time and no reading
            body += piece
            if len(body) > unfolded:
                raise _too_large(response, unfolded)
    except BadEncoding as e:
        raise FetchFailed(
            Failure.BAD_ENCODING,
            f"{url.host} sent a body that cannot be decoded ({e}); it will be tried again.",
            status=response.status_code,
            headers=evidence(response.headers),
            final_url=str(url),
        ) from e
    except _TooMuch as e:
        raise _too_large(response, raw) from e
    return bytes(body), wire.size


class _TooMuch(Exception):
    pass


class _Counted:
    def __init__(self, pieces: Iterable[bytes], most: int) -> None:
        self._pieces, self._most, self.size = pieces, most, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            if self.size > self._most:
                raise _TooMuch
            yield piece


def _too_large(response: httpx.Response, most: int) -> FetchFailed:
    url = response.request.url
    return FetchFailed(
        Failure.TOO_LARGE,
        f"The page at {url} is larger than {most / 1_000_000:g} MB: look whether it is the document that is meant.",
        status=response.status_code,
        headers=evidence(response.headers),
        final_url=str(url),
    )
