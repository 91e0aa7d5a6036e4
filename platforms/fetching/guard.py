"""Connects to public machines only, and lets no exchange outlast its deadline.

A name is resolved once for each connection, every address it has is checked, and the connection goes to an address
that was checked: a name that resolves to something else a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ipaddress import IPv4Address
from queue import Empty, Queue
from threading import Thread
from typing import Any

import certifi
import httpcore
import httpx

from platforms.fetching.addresses import Address, Network, all_refused, literal

Resolver = Callable[[str, int], list[Address]]
MOST_ADDRESSES = 4
"""Of one name that are tried in turn."""
_deadline: ContextVar[float] = ContextVar("deadline")


class RefusedAddress(Exception):
    """A name leads to an address that must not be reached."""

    def __init__(self, host: str, address: Address, why: str) -> None:
        super().__init__(host, address, why)
        self.host, self.address, self.why = host, address, why


class UnknownHost(Exception):
    """A name has no address."""


class DeadlinePassed(Exception):
    """An exchange took longer than it may."""


@contextmanager
def seconds_left(seconds: float) -> Iterator[None]:
    """Give every connection that this thread uses in the block so many seconds, all together."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def check_deadline() -> None:
    """Raise DeadlinePassed where the block's time is up."""
    _within(None)


def _within(timeout: float | None) -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise DeadlinePassed
    return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore, to checked addresses."""

    def __init__(self, resolver: Resolver, allowed: Iterable[Network]) -> None:
        self._resolver = resolver
        self._allowed = tuple(allowed)
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve a host, check all its addresses, and connect to the first that answers."""
        addresses = self._checked(host, port, _within(timeout))
        for place, address in enumerate(addresses):
            remaining = len(addresses) - place
            try:
                stream = self._tcp.connect_tcp(
                    str(address), port, _within(timeout) / remaining, local_address, socket_options or ()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if remaining == 1:
                    raise
            else:
                return _TimedStream(stream)
        raise UnknownHost(host)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: nothing on the web is a file of ours."""
        raise NotImplementedError

    def _checked(self, host: str, port: int, seconds: float) -> list[Address]:
        written = literal(host)
        addresses = [written] if written else _resolved(self._resolver, host, port, seconds)
        for address, why in all_refused(addresses, self._allowed):
            raise RefusedAddress(host, address, why)
        # Not every machine has IPv6, and there an attempt fails at once: the order of the resolver is kept otherwise.
        return sorted(addresses, key=lambda a: not isinstance(a, IPv4Address))[:MOST_ADDRESSES]


def _resolved(resolver: Resolver, host: str, port: int, seconds: float) -> list[Address]:
    """Resolve in a thread of its own, for the system's resolver knows no deadline."""
    answer: Queue[list[Address] | BaseException] = Queue(1)

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except BaseException as e:  # handed to the thread that asked
            answer.put(e)

    Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise UnknownHost(host) from None
    if isinstance(found, (OSError, UnicodeError)) or found == []:
        raise UnknownHost(host)
    if isinstance(found, BaseException):
        raise found
    return found


class _TimedStream(httpcore.NetworkStream):
    """A connection that minds the deadline of whoever uses it at the moment."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes within the time left."""
        return self._stream.read(max_bytes, _within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write within the time left."""
        self._stream.write(buffer, _within(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Shake hands within the time left."""
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _within(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of the connection."""
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """What httpx sends requests by; errors of httpcore, and those above, come through as they are."""

    def __init__(self, backend: httpcore.NetworkBackend, tls: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or trusted(),
            max_connections=None,  # as many as there are threads
            max_keepalive_connections=20,
            keepalive_expiry=5,  # shorter than most servers' own, so that none is cut as we use it
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return the answer with its body still to be read."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@cache
def trusted() -> ssl.SSLContext:
    """Return what certificates are checked by: Mozilla's authorities, and those that this system trusts.

    Read once a process, which takes a tenth of a second.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context
