"""What a fetch is asked and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Protocol

EVIDENCE = (
    "age",
    "cache-control",
    "cf-mitigated",  # set by Cloudflare where it answers with a challenge
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-type",
    "date",
    "etag",
    "expires",
    "last-modified",
    "link",
    "location",
    "retry-after",
    "server",
    "vary",
    "x-robots-tag",
)
"""Headers that are kept; cookies and the like are not."""
LONGEST_HEADER = 2000


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the answer before gave to ask by: its ETag, and its Last-Modified as it was sent (RFC 9110, 13.1)."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return them as headers of a request."""
        given = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        url: the address asked for.
        final_url: the address that answered.
        status: 200 or 203, or 304.
        headers: those in EVIDENCE, lower-case names.
        content_type: the whole Content-Type, parameters included; `media_type` is the type alone.
        body: after content-decoding, exactly as decoded; empty for 304.
        raw_size: bytes that came over the wire for it.
        is_unmodified: the server says that nothing changed (304).
        fetched_at: UTC, when the answer was complete.
        redirects: each address that a redirect led to, in order; the last is `final_url`.
    """

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    content_type: str
    body: bytes = field(repr=False)
    raw_size: int
    is_unmodified: bool
    fetched_at: datetime
    redirects: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Return the type without its parameters, in lower case."""
        return media_type(self.content_type)

    @property
    def is_downgraded(self) -> bool:
        """Tell whether a redirect led from https to http, so that the page may be anybody's."""
        steps = [address.partition(":")[0] for address in (self.url, *self.redirects)]
        return any(a == "https" and b == "http" for a, b in pairwise(steps))


class PageFetcher(Protocol):
    """Anything that fetches a page: over HTTP alone, or some day through a browser."""

    def fetch(self, url: str, conditions: Conditions = ...) -> Fetched:
        """Return the page at an address.

        Raises:
            FetchFailed: there is none to be had; nothing else is raised.
        """
        ...


def media_type(content_type: str) -> str:
    """Return the type of a Content-Type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def evidence(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headers that are kept, each cut at LONGEST_HEADER characters and without NUL."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    kept = ((name.lower(), value) for name, value in pairs)
    return {name: value.replace("\0", "")[:LONGEST_HEADER] for name, value in kept if name in EVIDENCE}
