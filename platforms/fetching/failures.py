"""What can go wrong with a fetch, and the one exception that says so."""

from __future__ import annotations

from enum import StrEnum


class Failure(StrEnum):
    """Why a fetch gave no page. Checks keep these values, so none is ever renamed."""

    HTTP_ERROR = "http_error"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TOO_SLOW = "too_slow"
    TLS = "tls"
    DNS = "dns"
    BLOCKED_BY_ROBOTS = "blocked_by_robots"
    PRIVATE_ADDRESS = "private_address"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    NOT_SUPPORTED = "not_supported"
    BAD_ADDRESS = "bad_address"


class FetchFailed(Exception):
    """A fetch that gave no page.

    Attributes:
        failure: the kind.
        explanation: one sentence or two for the operator: what happened, and what can be done.
        status: the HTTP status, where there was an answer.
        headers: those of evidential interest, lower-case names.
        body: of an error page, up to 1 MB, where it could be read.
        final_url: the address at which it failed.
    """

    def __init__(
        self,
        failure: Failure,
        explanation: str,
        *,
        status: int | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        final_url: str = "",
    ) -> None:
        super().__init__(explanation)
        self.failure = failure
        self.explanation = explanation
        self.status = status
        self.headers = headers or {}
        self.body = body
        self.final_url = final_url
