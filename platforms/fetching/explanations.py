"""Says in words what went wrong with a request, and what the operator can do."""

from __future__ import annotations

import ssl

import httpcore
import httpx

from platforms.fetching.failures import Failure, FetchFailed
from platforms.fetching.guard import DeadlinePassed, RefusedAddress, UnknownHost
from platforms.fetching.limits import Limits

# Codes of X509_verify_cert (openssl/x509_vfy.h).
_CERTIFICATES = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is self-signed, so that nobody vouches for it",
    19: "its certificate chain ends in an authority that nobody here trusts",
    20: "the certificate of the authority that signed its own is missing",
    21: "the certificate of the authority that signed its own is missing",
    23: "its certificate was revoked",
    62: "its certificate is for another host",
    64: "its certificate is for another address",
}
_STATUSES = {
    400: "it calls the request malformed: correct the address",
    401: "it asks for a log-in: declare an address that is open to all",
    402: "it asks for payment: declare an address that is open to all",
    403: "it refuses us: look in a browser whether the page is open, and whether the site turns crawlers away",
    404: "there is no such page: look where the document stands now and correct the address",
    406: "it has no form of the page that we can read",
    407: "a proxy stands before it and asks for a log-in",
    410: "the page was taken away for good: look where the document stands now, or retire it with evidence",
    429: "it asks us to come less often: the next check will be later",
    451: "it withholds the page for legal reasons where we are",
}


def explained(error: Exception, url: httpx.URL, limits: Limits, *, is_late: bool) -> FetchFailed:
    """Return the failure that an error of the connection amounts to.

    Args:
        error: of httpcore, httpx or the guard.
        url: the address that was asked.
        limits: that were in force.
        is_late: whether the whole fetch has used up its time.
    """
    failure, explanation = _kind(error, url, limits, is_late=is_late)
    return FetchFailed(failure, explanation, final_url=str(url))


def _kind(error: Exception, url: httpx.URL, limits: Limits, *, is_late: bool) -> tuple[Failure, str]:
    host = url.host
    if isinstance(error, RefusedAddress):
        return Failure.PRIVATE_ADDRESS, (
            f"{host} is an address that is not public ({error.address}: {error.why}); nothing there is fetched. If a "
            "machine of your own is meant, allow its network."
        )
    if isinstance(error, UnknownHost):
        return Failure.DNS, f"The name {host} has no address: look whether it is spelt right, or has moved."
    tls = _tls(error)
    if tls is not None:
        return Failure.TLS, (
            f"{host} cannot be trusted: {tls}. Look in a browser; it passes when the site mends its certificate."
        )
    if is_late or isinstance(error, DeadlinePassed):
        return Failure.TOO_SLOW, (
            f"{host} had not sent the whole page after {limits.total_seconds:g} seconds; it will be tried again."
        )
    if isinstance(error, httpcore.ConnectTimeout):
        return Failure.TIMED_OUT, f"{host} took no connection within {limits.connect_seconds:g} seconds."
    if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
        return Failure.TIMED_OUT, f"{host} was silent for {limits.read_seconds:g} seconds; it will be tried again."
    if isinstance(error, httpcore.ConnectError):
        return Failure.UNREACHABLE, f"{host} takes no connection ({_reason(error)}); it will be tried again."
    if isinstance(error, (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError)):
        return Failure.BAD_ADDRESS, f"The address {url} cannot be asked ({_reason(error)}): correct it."
    return Failure.UNREACHABLE, f"{host} broke the answer off ({_reason(error)}); it will be tried again."


def _tls(error: Exception) -> str | None:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _CERTIFICATES.get(cause.verify_code, str(cause.verify_message).rstrip("."))
        if isinstance(cause, ssl.SSLError):
            return f"no common way to encrypt was found ({(cause.reason or 'unknown').replace('_', ' ').lower()})"
        cause = cause.__cause__ or cause.__context__
    return None


def _reason(error: Exception) -> str:
    words = str(error).strip().rstrip(".")
    return words[:200] or type(error).__name__


def of_status(status: int, url: httpx.URL) -> str:
    """Return what an HTTP status that gives no page means."""
    if status in _STATUSES:
        means = _STATUSES[status]
    elif status >= 500:
        means = "it has trouble of its own; it will be tried again"
    else:
        means = "that is no page: look at the address in a browser"
    return f"{url.host} answered {status}: {means}."
