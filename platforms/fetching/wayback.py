"""The Wayback Machine: links to what it holds, and asking it to keep a page (its Save Page Now 2 API)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from platforms.fetching.addresses import parsed
from platforms.fetching.exchange import Budget, Exchange, read
from platforms.fetching.failures import FetchFailed
from platforms.fetching.limits import Limits

WAYBACK = "https://web.archive.org/web/"
SAVE = "https://web.archive.org/save/"
ANSWER_BYTES = 1_000_000
_JOB = re.compile(r"[\w-]{1,200}")


class SaveFailure(StrEnum):
    """Why the archive has not kept a page."""

    BAD_ADDRESS = "bad_address"
    NO_KEY = "no_key"
    KEY_REFUSED = "key_refused"
    TOO_MANY = "too_many"
    NOT_CAPTURED = "not_captured"
    STILL_PENDING = "still_pending"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"


class SaveFailed(Exception):
    """The archive has not kept a page.

    Attributes:
        failure: the kind.
        explanation: what happened, and what the operator can do.
        job: the archive's name for the attempt, where it gave one.
    """

    def __init__(self, failure: SaveFailure, explanation: str, job: str = "") -> None:
        super().__init__(explanation)
        self.failure, self.explanation, self.job = failure, explanation, job


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page that the archive has kept: its name for the job, its address there, and when it captured it (UTC)."""

    job: str
    url: str
    captured_at: datetime


def wayback_link(url: str, at: datetime) -> str:
    """Return the address of the capture nearest to a time; the archive redirects to it.

    Raises:
        ValueError: the time knows no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without zone")
    return f"{WAYBACK}{at.astimezone(UTC):%Y%m%d%H%M%S}/{url}"


def save_page_now(
    url: str,
    *,
    limits: Limits,
    key: str = "",
    secret: str = "",
    endpoint: str = SAVE,
    polls: int = 20,
    seconds_between_polls: float = 6.0,
    sleep: Callable[[float], None] = time.sleep,
) -> SavedPage:
    """Ask the archive to keep a page, and wait until it has.

    Args:
        url: the page.
        limits: of each request; its user_agent is sent along.
        key: of an account at archive.org (https://archive.org/account/s3.php).
        secret: that belongs to the key.
        endpoint: of the API, with a slash at the end.
        polls: how often to ask whether it is done.
        seconds_between_polls: to wait before each.
        sleep: waits so many seconds.

    Raises:
        SaveFailed: it has not been kept, or not yet.
    """
    if not (key and secret):
        raise SaveFailed(SaveFailure.NO_KEY, "The Wayback Machine keeps pages only for accounts: set key and secret.")
    try:
        page = str(parsed(url))
    except FetchFailed as e:
        raise SaveFailed(SaveFailure.BAD_ADDRESS, e.explanation) from e
    headers = {"accept": "application/json", "authorization": f"LOW {key}:{secret}"}
    exchange = Exchange(limits)
    try:
        begun = _asked(exchange, endpoint, headers, form={"url": page, "skip_first_archive": "1"})
        job = str(begun.get("job_id") or "")
        if not _JOB.fullmatch(job):
            raise _refused(begun, "")
        for _ in range(polls):
            sleep(seconds_between_polls)
            answer = _asked(exchange, f"{endpoint}status/{job}", headers, job=job)
            if answer.get("status") == "success":
                return _saved(answer, job, page)
            if answer.get("status") != "pending":
                raise _refused(answer, job)
    finally:
        exchange.close()
    raise SaveFailed(
        SaveFailure.STILL_PENDING,
        f"The Wayback Machine is still at work on {page} after {polls} questions; look there later.",
        job,
    )


def _asked(
    exchange: Exchange,
    url: str,
    headers: Mapping[str, str],
    *,
    form: Mapping[str, str] | None = None,
    job: str = "",
) -> dict[str, Any]:
    try:
        with exchange.ask(parsed(url), headers, Budget(exchange.limits.total_seconds), form=form) as response:
            status = response.status_code
            body, _ = read(response, raw=ANSWER_BYTES, unfolded=ANSWER_BYTES)
    except FetchFailed as e:
        raise SaveFailed(SaveFailure.UNREACHABLE, f"The Wayback Machine did not answer. {e.explanation}", job) from e
    if status in (401, 403):
        raise SaveFailed(
            SaveFailure.KEY_REFUSED, f"The Wayback Machine refused key and secret ({status}): look them up anew.", job
        )
    if status == 429:
        raise SaveFailed(SaveFailure.TOO_MANY, "The Wayback Machine wants fewer requests: try again later.", job)
    if status != 200:
        raise SaveFailed(
            SaveFailure.UNREACHABLE, f"The Wayback Machine answered {status}; it can be tried again later.", job
        )
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise SaveFailed(SaveFailure.UNREADABLE, "The Wayback Machine answered something other than JSON.", job)
    return answer


def _refused(answer: Mapping[str, Any], job: str) -> SaveFailed:
    code = str(answer.get("status_ext") or "")
    words = str(answer.get("message") or code or "without a reason")[:300].rstrip(".")
    many = ("too-many", "user-session-limit", "daily-captures")
    failure = SaveFailure.TOO_MANY if any(part in code for part in many) else SaveFailure.NOT_CAPTURED
    return SaveFailed(failure, f"The Wayback Machine did not keep the page: {words}.", job)


def _saved(answer: Mapping[str, Any], job: str, page: str) -> SavedPage:
    try:
        captured_at = datetime.strptime(str(answer.get("timestamp")), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as e:
        raise SaveFailed(
            SaveFailure.UNREADABLE, "The Wayback Machine says that it kept the page, but not when.", job
        ) from e
    original = str(answer.get("original_url") or page)
    return SavedPage(job, wayback_link(original, captured_at), captured_at)
