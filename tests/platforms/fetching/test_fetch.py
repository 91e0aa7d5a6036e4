"""What comes of each case of the site."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from platforms.fetching import Conditions, Failure, Fetcher, FetchFailed, Limits
from tests.platforms.fetching.cases import SHELL, WHERE, policy
from tests.platforms.fetching.site import HTML, Answer, Seen, Site


@pytest.fixture
def fetcher(limits: Limits) -> Iterator[Fetcher]:
    with Fetcher(limits) as one:
        yield one


def failed(fetcher: Fetcher, url: str) -> FetchFailed:
    """Return how a fetch failed; every failure says what happened."""
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    assert caught.value.explanation
    return caught.value


def test_a_page_comes_as_it_was_sent(site: Site, limits: Limits) -> None:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    site.put(
        "/policy", policy(), content_language="en", set_cookie="id=1", last_modified="Tue, 03 Nov 2026 10:00:00 GMT"
    )
    with Fetcher(limits, now=lambda: at) as fetcher:
        page = fetcher.fetch(site.url("/policy#top"))
    assert (page.status, page.body, page.raw_size) == (200, policy(), len(policy()))
    assert (page.content_type, page.media_type, page.fetched_at) == (HTML, "text/html", at)
    assert (page.url, page.final_url, page.redirects) == (site.url("/policy#top"), site.url("/policy"), ())
    assert page.headers["content-language"] == "en"
    assert "set-cookie" not in page.headers
    assert site.asked("/policy")[0].headers["user-agent"] == limits.user_agent


@pytest.mark.parametrize("path", ["/shell", "/javascript", "/soft-404", "/consent", "/near-empty", "/policy.pdf"])
def test_what_a_page_says_is_not_judged_here(site: Site, fetcher: Fetcher, path: str) -> None:
    assert fetcher.fetch(site.url(path)).status == 200


def test_bytes_are_kept_whatever_charset_they_claim(site: Site, fetcher: Fetcher) -> None:
    assert "Déclaration".encode("latin-1") in fetcher.fetch(site.url("/wrong-charset")).body


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [("/missing", 404, "no such page"), ("/broken", 500, "tried again"), ("/nowhere", 404, "no such page")],
)
def test_an_error_keeps_its_page(site: Site, fetcher: Fetcher, path: str, status: int, word: str) -> None:
    error = failed(fetcher, site.url(path))
    assert (error.failure, error.status, error.final_url) == (Failure.HTTP_ERROR, status, site.url(path))
    assert word in error.explanation
    assert error.body is not None
    assert error.body.startswith(b"<h1>")
    assert error.headers["content-type"] == HTML


@pytest.mark.parametrize("status", [202, 204, 206, 300, 304, 401, 403, 410, 418, 429, 451, 503])
def test_a_status_that_gives_no_page_is_an_error(site: Site, fetcher: Fetcher, status: int) -> None:
    site.put("/odd", b"", status, retry_after="120")
    error = failed(fetcher, site.url("/odd"))
    assert (error.failure, error.status) == (Failure.HTTP_ERROR, status)
    assert error.headers["retry-after"] == "120"


def test_an_error_page_is_kept_to_a_megabyte(site: Site, fetcher: Fetcher) -> None:
    site.put("/long-error", b"x" * 1_000_001, 500)
    error = failed(fetcher, site.url("/long-error"))
    assert (error.status, error.body) == (500, None)


def test_what_did_not_change_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    first = fetcher.fetch(site.url("/etag"))
    again = fetcher.fetch(site.url("/etag"), Conditions(etag=first.headers["etag"]))
    assert not first.is_unmodified
    assert (again.is_unmodified, again.status, again.body) == (True, 304, b"")


def test_a_moved_etag_brings_the_same_text(site: Site, fetcher: Fetcher) -> None:
    first = fetcher.fetch(site.url("/etag-moves"))
    again = fetcher.fetch(site.url("/etag-moves"), Conditions(etag=first.headers["etag"]))
    assert again.headers["etag"] != first.headers["etag"]
    assert (again.is_unmodified, again.body) == (False, first.body)


@pytest.mark.parametrize("etag", ['"ü"', '"a\r\nx-evil: 1"', '"\x00"'])
def test_an_odd_etag_breaks_nothing(site: Site, fetcher: Fetcher, etag: str) -> None:
    assert fetcher.fetch(site.url("/policy"), Conditions(etag=etag, modified="yesterday")).status == 200
    assert "x-evil" not in site.asked("/policy")[0].headers


def test_a_language_is_asked_for_where_it_is_known(site: Site, fetcher: Fetcher) -> None:
    fetcher.fetch(site.url("/policy"), language="de")
    assert site.asked("/policy")[0].headers["accept-language"].startswith("de")


def test_redirects_are_followed_and_told(site: Site, fetcher: Fetcher) -> None:
    page = fetcher.fetch(site.url("/redirects/3"))
    expected = [site.url(path) for path in ("/redirects/2", "/redirects/1", "/redirects/0", "/policy")]
    assert (list(page.redirects), page.final_url) == (expected, site.url("/policy"))


@pytest.mark.parametrize("path", ["/redirects/30", "/loop"])
def test_redirects_end(site: Site, fetcher: Fetcher, path: str) -> None:
    error = failed(fetcher, site.url(path))
    assert (error.failure, error.status) == (Failure.TOO_MANY_REDIRECTS, 302)
    assert len(site.seen) <= 2 + fetcher.limits.redirects


def test_a_cookie_lives_for_one_fetch(site: Site, fetcher: Fetcher) -> None:
    def wall(seen: Seen) -> Answer:
        has = "visit=1" in seen.headers.get("cookie", "")
        return Answer(policy()) if has else Answer(status=302, headers={"location": "/c", "set-cookie": "visit=1"})

    site.answers["/c"] = wall
    assert fetcher.fetch(site.url("/c")).body == policy()
    fetcher.fetch(site.url("/c"))
    assert ["cookie" in seen.headers for seen in site.asked("/c")] == [False, True, False, True]


@pytest.mark.parametrize("place", range(len(WHERE)))
@pytest.mark.parametrize("respects_robots", [True, False])
def test_a_redirect_to_a_private_address_is_not_followed(
    site: Site, limits: Limits, place: int, respects_robots: bool
) -> None:
    with Fetcher(replace(limits, respects_robots=respects_robots)) as fetcher:
        error = failed(fetcher, site.url(f"/to-private/{place}"))
    assert error.failure == Failure.PRIVATE_ADDRESS
    assert "not public" in error.explanation


def test_a_redirect_to_a_file_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    assert failed(fetcher, site.url("/to-file")).failure == Failure.BAD_REDIRECT


@pytest.mark.parametrize("location", ["http://[", "http://0177.0.0.999:x/", "\xff\xfe"])
def test_an_odd_location_is_a_failure_and_no_crash(site: Site, fetcher: Fetcher, location: str) -> None:
    site.redirect("/odd", location)
    assert failed(fetcher, site.url("/odd")).failure in (Failure.BAD_REDIRECT, Failure.DNS, Failure.HTTP_ERROR)


def test_what_is_no_page_is_not_read(site: Site, fetcher: Fetcher) -> None:
    error = failed(fetcher, site.url("/picture"))
    assert (error.failure, error.status) == (Failure.NOT_SUPPORTED, 200)
    assert "image/png" in error.explanation


def test_a_pdf_may_be_called_a_mere_file(site: Site, fetcher: Fetcher) -> None:
    site.put("/a", b"%PDF-1.4 x", content_type="application/octet-stream")
    site.put("/b", b"MZ", content_type="application/octet-stream")
    assert fetcher.fetch(site.url("/a")).body.startswith(b"%PDF")
    assert failed(fetcher, site.url("/b")).failure == Failure.NOT_SUPPORTED


def test_threads_may_share_a_fetcher(site: Site, fetcher: Fetcher) -> None:
    for n in range(200):
        site.put(f"/page/{n}", policy(f"Policy {n}"))
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda n: fetcher.fetch(site.url(f"/page/{n}")), range(200)))
    assert [page.body for page in pages] == [policy(f"Policy {n}") for n in range(200)]
    assert len(site.asked("/robots.txt")) == 1


def test_no_proxy_of_the_environment_is_used(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetcher.fetch(site.url("/shell")).body == SHELL.encode()
