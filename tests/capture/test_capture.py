"""Every outcome of a visit makes the right check, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from platforms.acts.capture import Captured, Ending, capture_document
from platforms.fetching import Fetcher
from platforms.models import CaptureState, Check, Document, Snapshot, Version
from tests.capture.pages import AT, document, page, platform

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(limits):
    """Give a function that visits a document so many days after AT."""
    with Fetcher(limits) as fetcher:

        def visited(kept: Document, days: float = 0) -> Captured:
            return capture_document(document_id=kept.pk, fetcher=fetcher, at=AT + timedelta(days=days), by="test")

        yield visited


def kinds(kept: Document) -> list[str]:
    return list(Version.objects.filter(document=kept).in_order().values_list("version_class__kind", flat=True))


def test_the_first_visit_records_bytes_text_and_check(site, visit):
    kept = document(site.put("/policy", page(), etag='"a"'))
    captured = visit(kept)
    assert captured.outcome == Ending.CHANGED
    snapshot = Snapshot.objects.get()
    assert snapshot.body() == page().encode()
    assert (snapshot.http_status, snapshot.url, snapshot.method) == (200, kept.source_url, "fetched")
    assert (snapshot.http_headers or {})["etag"] == '"a"'
    assert captured.version.text.body.startswith("# Privacy Policy")
    assert "Prices" not in captured.version.text.body
    check = Check.objects.get()
    assert (check.outcome, check.http_status, check.snapshot) == ("changed", 200, snapshot)
    kept.refresh_from_db()
    assert kept.latest_version == captured.version
    assert kept.language == "en"
    state = CaptureState.objects.filter(next_check_at__gt=AT).get()
    assert (state.etag, state.claimed_by, state.failures_in_a_row) == ('"a"', "", 0)


def test_the_same_bytes_are_unchanged(site, visit):
    kept = document(site.put("/policy", page()))
    visit(kept)
    assert visit(kept, 1).outcome == Ending.UNCHANGED
    assert (Version.objects.count(), Snapshot.objects.count(), Check.objects.count()) == (1, 1, 2)
    check = Check.objects.latest("checked_at")
    assert (bytes(check.sha256 or b""), check.size) == (bytes(Snapshot.objects.get().sha256), len(page()))


def test_a_server_that_says_nothing_changed_is_believed(site, visit):
    kept = document(site.put("/policy", page(), etag='"a"'))
    visit(kept)
    assert visit(kept, 1).check.http_status == 304
    assert site.asked("/policy")[-1].headers["if-none-match"] == '"a"'
    assert CaptureState.objects.get().etag == '"a"'


def test_another_etag_with_the_same_text_is_unchanged(site, visit):
    kept = document(site.put("/policy", page(aside="var token = 1"), etag='"a"'))
    visit(kept)
    site.put("/policy", page(aside="var token = 2"), etag='"b"')
    assert visit(kept, 1).outcome == Ending.UNCHANGED
    assert Snapshot.objects.count() == 1
    assert CaptureState.objects.get().etag == '"b"'


def test_what_changes_by_itself_is_no_change(site, visit):
    kept = document(site.put("/policy", page(12, "Printed on 1 March 2026.")))
    visit(kept)
    site.put("/policy", page(12, "Printed on 2 March 2026."))
    assert visit(kept, 1).outcome == Ending.UNCHANGED


def test_the_bytes_of_an_unchanged_page_are_kept_once_a_month(site, visit):
    kept = document(site.put("/policy", page(), etag='"a"'))
    for day in range(70):
        assert visit(kept, day).outcome == (Ending.UNCHANGED if day else Ending.CHANGED)
    assert [s.captured_at for s in Snapshot.objects.order_by("captured_at")] == [
        AT + timedelta(days=d) for d in (0, 30, 60)
    ]
    assert Version.objects.count() == 1


def test_a_new_text_is_a_version_and_classed(site, visit):
    kept = document(site.put("/policy", page(12)))
    visit(kept)
    site.put("/policy", page(24))
    captured = visit(kept, 1)
    assert (captured.outcome, captured.version.number) == (Ending.CHANGED, 2)
    assert kinds(kept) == ["first", "substantive"]
    kept.refresh_from_db()
    assert kept.latest_version == captured.version


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "http_error"),
        ("/broken", "http_error"),
        ("/shell", "no_text"),
        ("/javascript", "near_empty"),
        ("/soft-404", "error_page"),
        ("/login", "log_in_wall"),
        ("/wall", "log_in_wall"),
        ("/near-empty", "page_shell"),
        ("/slow", "timed_out"),
        ("/drip", "too_slow"),
        ("/endless", "too_large"),
        ("/bomb", "too_large"),
        ("/redirects/30", "too_many_redirects"),
        ("/to-private/0", "private_address"),
        ("/denied/policy", "blocked_by_robots"),
        ("/picture", "not_supported"),
    ],
)
def test_a_visit_that_fails_says_why_and_changes_nothing(site, visit, path, reason):
    kept = document(site.put("/good", page()))
    first = visit(kept).version
    Document.objects.filter(pk=kept.pk).update(source_url=site.url(path))
    captured = visit(kept, 1)
    assert captured.outcome == Ending.FAILED
    assert captured.check.reason == reason
    assert captured.check.note
    kept.refresh_from_db()
    assert (kept.latest_version, Version.objects.count()) == (first, 1)
    state = CaptureState.objects.get()
    assert (state.failures_in_a_row, state.claimed_by) == (1, "")
    later = AT + timedelta(days=1)
    assert state.next_check_at is not None
    assert later < state.next_check_at < later + timedelta(hours=2)


def test_the_bytes_that_did_not_pass_are_kept(site, visit):
    kept = document(site.url("/near-empty"))
    captured = visit(kept)
    assert captured.check.snapshot.body() == site.answers["/near-empty"].body
    assert not Version.objects.exists()
    missing = document(site.url("/missing"), "other")
    assert b"Nothing here." in visit(missing).check.snapshot.body()


def test_three_failures_in_a_row_are_ailing_and_a_good_visit_ends_it(site, visit):
    kept = document(site.put("/policy", "<h1>Trouble</h1>", 500))
    for day in range(3):
        assert not CaptureState.objects.ailing()
        visit(kept, day)
    assert CaptureState.objects.ailing().get().is_ailing
    site.put("/policy", page())
    visit(kept, 4)
    assert not CaptureState.objects.get().is_ailing


def test_a_page_that_is_no_utf8_keeps_its_bytes(site, visit):
    kept = document(site.url("/wrong-charset"))
    captured = visit(kept)
    assert captured.outcome == Ending.CHANGED
    assert "Déclaration" in captured.version.text.body
    assert captured.version.snapshot.text is None
    assert captured.version.snapshot.body() == site.answers["/wrong-charset"].body


def test_what_is_not_captured_is_not_fetched(site, visit):
    invented = document(site.url("/policy"), "a", platform=platform("invented", demonstration=True))
    retired = document(site.url("/policy"), "b", retired_at=AT, retired_because="Merged into the terms.")
    nowhere = document("", "c")
    assert [visit(kept).outcome for kept in (invented, retired, nowhere)] == [Ending.NOT_CAPTURED] * 3
    assert (site.seen, Check.objects.count(), CaptureState.objects.count()) == ([], 0, 0)


def test_a_server_that_asks_to_be_left_alone_is(site, visit):
    kept = document(site.put("/policy", "Later.", 503, retry_after="86400"))
    visit(kept)
    assert CaptureState.objects.filter(next_check_at__gt=AT + timedelta(hours=20)).exists()
