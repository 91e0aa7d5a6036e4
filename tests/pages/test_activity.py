"""What changed is told alike on every page, and a clause that was altered or is gone says since when and by what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from changes.acts.detect import detect
from changes.models import ChangeRecord, ClauseChange, RecordState
from clauses.acts.read import read
from clauses.models import Clause, Standing
from conductatlas.pages.activity import MONTH, YEAR, activity, since
from platforms.models import Platform, Version
from tests.clauses.test_read import add_version
from tests.pages.test_clause_page import section, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def listed(client: Client, address: str) -> list[str]:
    """Return the records that a list shows over all of its pages."""
    found: list[str] = []
    while address:
        response = client.get(address)
        found += [record.record_id for record in response.context["page"].rows]
        after = re.search(r'<a rel="next" href="([^"]+)"', response.content.decode())
        address = address.split("?")[0] + after[1].replace("&amp;", "&") if after else ""
    return found


def said(page: str) -> str:
    """Return what a reader reads, with the marks of sentences where they stand on the page."""
    return re.sub(r" ([,;.])", r"\1", text_of(page))


def figure(page: str, name: str) -> int:
    """Return a figure that a page states, the same wherever it does."""
    (number,) = set(re.findall(rf'data-figure="{name}"[^>]*>([\d,]+)<', page))
    return int(number.replace(",", ""))


def test_every_page_says_the_same_number_of_changes(client: Client) -> None:
    now = timezone.now()
    moved = ChangeRecord.objects.latest_first()[:12]  # some of the demonstration's changes, to the last months
    for n, record in enumerate(moved):
        at = now - timedelta(days=5 + 40 * n)
        ChangeRecord.objects.filter(pk=record.pk).update(observed_after=at, observed_before=at)
    ChangeRecord.objects.filter(pk=moved[0].pk).update(state=RecordState.WITHDRAWN, withdrawn_because="It was none.")
    year = since(now, YEAR)
    total = 0
    for platform in Platform.objects.all():
        recount = sum(
            record.observed_before >= year
            for record in ChangeRecord.objects.filter(document__platform=platform)
            if record.state != RecordState.WITHDRAWN
        )
        home, day = platform.get_absolute_url(), f"since={year:%Y-%m-%d}"
        assert figure(client.get(home).content.decode(), "in-a-year") == recount
        assert figure(client.get(f"{home}timeline/").content.decode(), "in-a-year") == recount
        timeline, index = (
            listed(client, f"{home}timeline/?{day}"),
            listed(client, f"/changes/?platform={platform.slug}&{day}"),
        )
        assert timeline == index
        assert len(timeline) == len(set(timeline)) == recount
        for document in platform.documents.all():
            page = client.get(f"/platform/{platform.slug}/{document.slug}/").content.decode()
            of_document = listed(client, f"{home}timeline/?document={document.slug}&{day}")
            assert f'<a href="#changes">{len(of_document)}</a>' in page
        total += recount
    assert total > 3


def test_the_timeline_draws_what_it_lists(client: Client) -> None:
    for platform in Platform.objects.all():
        address = f"{platform.get_absolute_url()}timeline/"
        for query in ("", "?severity=high", f"?document={platform.documents.earliest('pk').slug}"):
            response = client.get(address + query)
            drawing, rows = response.context["drawing"], listed(client, address + query)
            marks = [mark for lane in drawing.lanes for mark in lane.marks]
            assert sum(mark.number for mark in marks) == response.context["total"] == len(rows)
            assert f'aria-label="{len(rows)} change' in response.content.decode()
            assert sum(row.total for row in response.context["rows"]) == len(rows)
    assert client.get(f"{address}?severity=huge").status_code == 400
    assert client.get(f"{address}?document=nosuch").status_code == 400


def test_the_home_page_shows_the_latest_changes_of_what_is_counted(client: Client) -> None:
    page = client.get("/").content.decode()
    latest = ChangeRecord.objects.latest_first()[0]
    assert latest.get_absolute_url() in page
    shown = Platform.objects.earliest("pk")
    Platform.objects.create(slug="real", name="Real", operator=shown.operator, added_at=timezone.now())
    assert latest.get_absolute_url() not in client.get("/").content.decode()


def test_a_clause_shows_the_changes_that_touched_it_first(client: Client) -> None:
    for clause in Clause.objects.shown().select_related("document__platform", "first_seen")[:40]:
        part = section(client.get(clause.get_absolute_url()).content.decode(), "activity")
        touches = (
            ClauseChange.objects.filter(clause=clause).select_related("record").order_by("-record__observed_before")
        )
        for touch in touches[:5]:
            assert touch.record.get_absolute_url() in part
            assert touch.get_touch_display() in text_of(part)
        if not touches:
            assert clause.first_seen is not None
            assert "No change has touched this clause since it was first seen" in text_of(part)
        others = (
            ChangeRecord.objects.shown()
            .filter(document=clause.document, observed_before__gte=since(timezone.now(), YEAR))
            .exclude(pk__in=touches.values("record"))
        )
        assert all(record.get_absolute_url() in part for record in others[:3])
        if not others:
            assert re.search(
                "No (other )?change of this document has been recorded in the last 12 months", text_of(part)
            )


def test_changes_of_the_last_30_days_are_told_only_where_there_are_any(client: Client) -> None:
    clause = Clause.objects.shown().select_related("document__platform").earliest("pk")
    records = ChangeRecord.objects.filter(document__platform=clause.document.platform)
    long_ago, lately = since(timezone.now(), MONTH) - timedelta(seconds=1), since(timezone.now(), MONTH)
    records.update(observed_after=long_ago - timedelta(days=9), observed_before=long_ago)
    assert "in the last 30 days" not in client.get(clause.get_absolute_url()).content.decode()
    records.update(observed_before=lately)
    page = client.get(clause.get_absolute_url()).content.decode()
    assert figure(page, "lately") == records.count()
    assert f"of {clause.document.platform.name} in the last 30 days" in page
    assert f'href="{clause.document.platform.get_absolute_url()}timeline/"' in page


def test_each_wording_names_the_change_that_brought_it(client: Client) -> None:
    named = 0
    for touch in ClauseChange.objects.exclude(touch="moved").select_related(
        "record__version", "clause__document__platform"
    ):
        response = client.get(touch.clause.get_absolute_url())
        past, page = response.context["history"], response.content.decode()
        (wording,) = [w for w in past.shown if w.first_version == touch.record.version.number] or [None]
        if wording is not None:
            assert wording.record == touch.record
            assert f"brought by {touch.record.record_id}, between" in said(section(page, "history"))
            named += 1
    assert named > 5


def take_out(clause: Clause) -> Version:
    """Capture the document without the words of the clause."""
    version = clause.document.latest_version
    assert version is not None
    assert version.text is not None
    assert clause.quoted is not None
    return add_version(clause.document, version.text.body.replace(clause.quoted.words, ""))


def test_a_clause_that_is_gone_says_since_when_by_what_and_how_it_last_stood(client: Client) -> None:
    clause = Clause.objects.get(document__platform__slug="brievenbos", slug="sale-of-personal-data")
    old, words = clause.document.latest_version, clause.quoted.words  # type: ignore[union-attr]
    assert old is not None
    version = take_out(clause)
    read(at=version.captured_at)
    detect(at=version.captured_at)
    clause.refresh_from_db()
    assert clause.standing == Standing.GONE
    response = client.get(clause.get_absolute_url())
    text = said(response.content.decode())
    record = ChangeRecord.objects.get(version=version)
    assert f"Gone since version {version.number} of 1 Dec 2026, by {record.record_id}; below as it last stood" in text
    assert f"(v{old.number})" in text
    assert " ".join(words.split())[:60].lstrip("1. ") in text_of(section(response.content.decode(), "words"))


def test_words_known_by_likeness_alone_stand_beside_the_old_with_the_figure(client: Client) -> None:
    clause = Clause.objects.get(document__platform__slug="brievenbos", slug="sale-of-personal-data")
    latest = clause.document.latest_version
    assert latest is not None
    assert latest.text is not None
    assert clause.quoted is not None
    old = clause.quoted.words
    new = re.sub(r"\b(?:We|we|sell|rent|personal)\b", lambda match: match[0][::-1], old)
    version = add_version(clause.document, latest.text.body.replace(old, new))
    read(at=version.captured_at)
    detect(at=version.captured_at)
    clause.refresh_from_db()
    assert (clause.standing, clause.quoted.likeness is None) == (Standing.ALTERED, False)
    response = client.get(clause.get_absolute_url())
    altered, words = response.context["altered"], section(response.content.decode(), "words")
    assert f"{clause.quoted.likeness:.2f} of 1" in text_of(words)
    assert (altered.old_version, altered.new_version) == (latest.number, version.number)
    assert f"/diff/{latest.number}/{version.number}/" in words
    assert "<del>" in words
    assert "<ins>" in words
    for one in altered.by:
        assert one.record.get_absolute_url() in words


def test_activity_takes_one_question_whatever_there_is(django_assert_num_queries) -> None:
    clause = Clause.objects.select_related("document__platform").earliest("pk")
    with django_assert_num_queries(1):
        found = activity(clause, timezone.now())
        assert all(one.record.version.number for one in found.touched)
