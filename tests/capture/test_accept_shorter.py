"""A document that truly became much shorter is refused at each check, until a curator has looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction

from platforms.acts.accept_shorter import accept_shorter, refused_check, refused_text
from platforms.acts.capture import Captured, Ending, capture_document
from platforms.acts.classify import classify_document
from platforms.fetching import Fetcher
from platforms.models import CaptureState, Check, Document, Shortening, Version
from tests.capture.pages import AT, document, page

pytestmark = pytest.mark.django_db(transaction=True)


def said(times: int) -> list[str]:
    return [
        f"In section {n} of this policy we say to you once more, at length, what we do with it." for n in range(times)
    ]


LONG, SHORT = page(12, *said(200)), page(24, *said(20))


@pytest.fixture
def visit(limits):
    with Fetcher(limits) as fetcher:

        def visited(kept: Document, days: float = 0) -> Captured:
            return capture_document(document_id=kept.pk, fetcher=fetcher, at=AT + timedelta(days=days), by="test")

        yield visited


@pytest.fixture
def refused(site, visit) -> Check:
    kept = document(site.put("/policy", LONG))
    visit(kept)
    site.put("/policy", SHORT)
    for day in (1, 2, 3):
        captured = visit(kept, day)
        assert (captured.outcome, captured.check.reason) == (Ending.FAILED, "truncated")
    check = refused_check(kept)
    assert check is not None
    assert check == captured.check
    return check


def accept(check: Check, because: str = "The operator cut it down to one page") -> Shortening:
    adam, _ = User.objects.get_or_create(username="adam")
    return accept_shorter(check=check, because=because, by=adam, at=AT + timedelta(days=3, hours=1))


def test_the_text_that_was_refused_can_be_looked_at(refused: Check) -> None:
    text = refused_text(refused)
    assert isinstance(text, str)
    assert "We keep what you give us for 24 months" in text


def test_what_was_accepted_is_taken_and_is_not_suspect(refused: Check, site, visit) -> None:
    said = accept(refused)
    assert 300 < said.words < 600
    assert CaptureState.objects.get().next_check_at == said.at
    captured = visit(refused.document, 4)
    assert captured.outcome == Ending.CHANGED
    version = Version.objects.select_related("version_class").get(pk=captured.version.pk)
    assert (version.version_class.kind, version.version_class.is_good) == ("substantive", True)
    assert Document.objects.get().latest_version == version
    assert CaptureState.objects.get().failures_in_a_row == 0
    classify_document(document_id=refused.document_id)
    assert Document.objects.get().latest_version == version


def test_a_length_counts_once(refused: Check, site, visit) -> None:
    """Once the document is long again, a short text is refused again."""
    accept(refused)
    visit(refused.document, 4)
    site.put("/policy", LONG)
    assert visit(refused.document, 60).outcome == Ending.CHANGED
    site.put("/policy", SHORT)
    assert visit(refused.document, 61).check.reason == "truncated"


def test_a_text_much_shorter_than_the_accepted_one_is_refused(refused: Check, site, visit) -> None:
    accept(refused)
    words = "This page is being rebuilt by our team and it will be here again before the end of the week, we are sorry."
    site.put("/policy", f"<html><body><main><h1>Privacy Policy</h1><p>{words}</p></main></body></html>")
    assert visit(refused.document, 4).outcome == Ending.FAILED


def test_without_a_reason_nothing_is_accepted(refused: Check) -> None:
    with pytest.raises(ValidationError):
        accept(refused, " ")
    assert not Shortening.objects.exists()


def test_only_the_latest_refused_check_is_accepted_and_once(refused: Check) -> None:
    with pytest.raises(ValidationError, match="latest check"):
        accept(Check.objects.filter(reason="truncated").earliest("checked_at"))
    accept(refused)
    with pytest.raises(ValidationError, match="already"):
        accept(refused)


def test_what_was_said_stays(refused: Check) -> None:
    accept(refused)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_shortening SET words = 1")
