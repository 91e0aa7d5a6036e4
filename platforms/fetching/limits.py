"""How much of another's machine, and of ours, one fetch may take. The caller fills it from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

PRODUCT = "ConductAtlas"
"""The product token that robots.txt files address us by (RFC 9309, 2.2.1); a User-Agent begins with it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of every fetch of one Fetcher.

    Attributes:
        user_agent: what we say we are, with an address to complain to.
        connect_seconds: to open one connection, TLS included.
        read_seconds: of silence while an answer is awaited or read.
        total_seconds: for one fetch with all its redirects, not counting the time we wait out of politeness.
        bytes_raw: of a body as it comes over the wire.
        bytes_decoded: of a body after content-decoding.
        redirects: followed in one fetch.
        allowed_private: networks that may be reached although they are not public, such as 127.0.0.0/8.
        seconds_between_requests: to one host; a site's crawl-delay may make it longer. 0 turns politeness off: no
            waiting, crawl-delays included.
        respects_robots: whether robots.txt is asked for and obeyed.
    """

    user_agent: str
    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 60
    bytes_raw: int = 20_000_000
    bytes_decoded: int = 40_000_000
    redirects: int = 10
    allowed_private: tuple[IPv4Network | IPv6Network, ...] = ()
    seconds_between_requests: float = 1.0
    respects_robots: bool = True
