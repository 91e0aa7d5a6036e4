"""The Wayback Machine, played by a site on this machine."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs

import pytest

from platforms.fetching import Limits
from platforms.fetching.wayback import SavedPage, SaveFailed, SaveFailure, save_page_now, wayback_link
from tests.platforms.fetching.site import Answer, Seen, Site

PAGE = "https://example.org/privacy?lang=en"
AT = datetime(2026, 11, 24, 9, 5, 7, tzinfo=UTC)


def save(site: Site, limits: Limits, **changed) -> SavedPage:
    waited: list[float] = []
    options = {"key": "k", "secret": "s", "polls": 3, "sleep": waited.append, **changed}
    return save_page_now(PAGE, limits=limits, endpoint=site.url("/save/"), **options)


def says(site: Site, path: str, *answers: dict[str, str]) -> None:
    """Answer in JSON, one after another."""
    waiting = list(answers)

    def answer(seen: Seen) -> Answer:
        return Answer(json.dumps(waiting.pop(0)).encode(), content_type="application/json")

    site.answers[path] = answer


def test_a_link_names_the_second_in_utc() -> None:
    assert wayback_link(PAGE, AT) == f"https://web.archive.org/web/20261124090507/{PAGE}"
    assert wayback_link(PAGE, AT.astimezone(timezone(timedelta(hours=9)))) == wayback_link(PAGE, AT)
    with pytest.raises(ValueError, match="zone"):
        wayback_link(PAGE, AT.replace(tzinfo=None))


def test_a_page_is_kept(site: Site, limits: Limits) -> None:
    says(site, "/save/", {"url": PAGE, "job_id": "spn2-1a"})
    success = {"status": "success", "timestamp": "20261124090507", "original_url": PAGE}
    says(site, "/save/status/spn2-1a", {"status": "pending"}, success)
    assert save(site, limits) == SavedPage("spn2-1a", wayback_link(PAGE, AT), AT)
    asked = site.asked("/save/")[0]
    assert (asked.method, parse_qs(asked.body.decode())["url"]) == ("POST", [PAGE])
    assert asked.headers["authorization"] == "LOW k:s"
    assert asked.headers["accept"] == "application/json"
    assert asked.headers["user-agent"] == limits.user_agent


@pytest.mark.parametrize(
    ("begun", "then", "failure"),
    [
        ({"status": "error", "status_ext": "error:too-many-daily-captures", "message": "Enough."}, {}, "too_many"),
        ({"status": "error", "message": "Blocked."}, {}, "not_captured"),
        ({"job_id": "../../evil"}, {}, "not_captured"),
        ({"job_id": "j"}, {"status": "error", "status_ext": "error:not-found", "message": "Gone."}, "not_captured"),
        ({"job_id": "j"}, {"status": "success", "timestamp": "soon"}, "unreadable"),
    ],
)
def test_a_refusal_is_told(site: Site, limits: Limits, begun, then, failure: str) -> None:
    says(site, "/save/", begun)
    says(site, "/save/status/j", then)
    with pytest.raises(SaveFailed) as caught:
        save(site, limits)
    assert caught.value.failure == failure
    assert caught.value.explanation


def test_a_job_that_takes_long_keeps_its_name(site: Site, limits: Limits) -> None:
    says(site, "/save/", {"job_id": "spn2-1a"})
    says(site, "/save/status/spn2-1a", *[{"status": "pending"}] * 3)
    with pytest.raises(SaveFailed) as caught:
        save(site, limits)
    assert (caught.value.failure, caught.value.job) == (SaveFailure.STILL_PENDING, "spn2-1a")


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [(401, "", "key_refused"), (429, "", "too_many"), (520, "", "unreachable"), (200, "<html>", "unreadable")],
)
def test_an_answer_that_is_none_is_told(site: Site, limits: Limits, status: int, body: str, failure: str) -> None:
    site.put("/save/", body, status)
    with pytest.raises(SaveFailed) as caught:
        save(site, limits)
    assert caught.value.failure == failure


def test_without_a_key_or_a_proper_address_nobody_is_asked(site: Site, limits: Limits) -> None:
    with pytest.raises(SaveFailed) as caught:
        save(site, limits, key="")
    assert caught.value.failure == SaveFailure.NO_KEY
    with pytest.raises(SaveFailed) as caught:
        save_page_now("file:///etc/passwd", limits=limits, key="k", secret="s", endpoint=site.url("/save/"))
    assert caught.value.failure == SaveFailure.BAD_ADDRESS
    assert site.seen == []
