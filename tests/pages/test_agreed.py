""" "What changed since I agreed?": a day names the version that stood, and every change of terms from it on."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.test import Client
from django.utils import timezone

from changes.models import ChangeRecord, ClauseChange
from clauses.models import Clause
from conductatlas.pages.agreed import ClauseSince, day_asked
from platforms.models import Document, Takedown, Version
from tests.clauses.law import AT, person
from tests.pages.test_clause_page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def document() -> Document:
    """Give a document with many changes: reworded, reverted, and a technical version with other words."""
    return Document.objects.select_related("platform").get(platform__slug="cinderquay", slug="terms-of-service")


def asked(client: Client, document: Document, day: date | str) -> tuple[str, Any]:
    response = client.get(document.get_absolute_url(), {"agreed": str(day)})
    assert response.status_code == 200
    return text_of(response.content.decode()), response.context


def test_each_day_is_answered_with_the_version_of_its_end_and_all_changes_after_it(
    client: Client, document: Document
) -> None:
    versions = list(Version.objects.filter(document=document).good().in_order())
    records = list(ChangeRecord.objects.shown().filter(document=document))
    assert len(records) > 3
    for version in versions:
        for day in (version.captured_at.date() - timedelta(days=1), version.captured_at.date()):
            end = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1)
            stood = [one for one in versions if one.captured_at < end]
            text, context = asked(client, document, day)
            found = context["agreed"]
            if not stood:
                assert found.version is None
                assert "is not known" in text
                continue
            assert found.version.number == stood[-1].number
            after = [one for one in records if one.observed_before >= end]
            assert {one.pk for one in found.records} == {one.pk for one in after}
            assert f"version {stood[-1].number} stood" in text
            if after:
                assert f"{len(after)} change{'' if len(after) == 1 else 's'} since {day.day} {day:%b %Y}" in text
                assert all(one.title in text for one in after)


def test_it_links_to_the_difference_and_names_the_heaviest(client: Client, document: Document) -> None:
    response = client.get(document.get_absolute_url(), {"agreed": "2023-09-01"})
    page, found = response.content.decode(), response.context["agreed"]
    latest = document.latest_version
    assert latest is not None
    assert f"/diff/{found.version.number}/{latest.number}/" in page
    assert "The heaviest is of high severity" in text_of(page)
    touched = Clause.objects.filter(pk__in=ClauseChange.objects.filter(record__in=found.records).values("clause"))
    assert {one.clause.pk for one in found.clauses} == set(touched.values_list("pk", flat=True))
    assert f"{touched.count()} clauses were touched" in text_of(page)
    ranks = [one.rank for one in found.clauses]
    assert ranks == sorted(ranks)


def test_a_day_within_a_window_says_that_either_wording_may_have_stood(client: Client, document: Document) -> None:
    record = ChangeRecord.objects.filter(document=document).select_related("version", "before").latest_first()[0]
    within = (record.observed_after + (record.observed_before - record.observed_after) / 2).date()
    text, context = asked(client, document, within)
    assert [one.record for one in context["agreed"].windows] == [record]
    assert f"lies within the window of {record.record_id}" in text
    assert "You may have agreed to either." in text
    after = record.observed_before.date() + timedelta(days=1)
    text, context = asked(client, document, after)
    assert context["agreed"].windows == []
    assert "You may have agreed" not in text
    _, context = asked(client, document, record.observed_before.date())
    (window,) = context["agreed"].windows  # the day on which the new words were first seen
    assert (context["agreed"].version.number, window.other) == (record.version.number, record.before.number)


def test_before_the_first_capture_nobody_knows(client: Client, document: Document) -> None:
    text, context = asked(client, document, "2001-01-01")
    first = Version.objects.filter(document=document).good().in_order()[0]
    assert "What stood on 1 Jan 2001 is not known" in text
    assert f"version {first.number} , was captured" in text or f"version {first.number}, was captured" in text
    assert len(context["agreed"].records) == ChangeRecord.objects.shown().filter(document=document).count()


def test_a_day_to_come_and_no_day_are_refused_with_a_reason(client: Client, document: Document) -> None:
    tomorrow = timezone.now().astimezone(UTC).date() + timedelta(days=1)
    for written, reason in (
        (tomorrow.isoformat(), "still to come"),
        ("2026-13-01", "is no day"),
        ("last week", "is no day"),
        ("9999-12-31", "still to come"),
    ):
        response = client.get(document.get_absolute_url(), {"agreed": written})
        assert response.status_code == 400
        assert reason in response.content.decode()
    today = timezone.now().astimezone(UTC).date()
    assert client.get(document.get_absolute_url(), {"agreed": today.isoformat()}).status_code == 200
    assert day_asked("  ", timezone.now()) is None
    with pytest.raises(BadRequest):
        day_asked("20260502x", timezone.now())


def test_nothing_changed_is_said_only_where_no_word_did(client: Client, document: Document) -> None:
    latest = Version.objects.filter(document=document).good().latest_first()[0]
    text, context = asked(client, document, latest.captured_at.date() + timedelta(days=1))
    assert context["agreed"].records == []
    assert "No word has changed since" in text
    assert "It is the latest version still" in text
    technical = Version.objects.get(
        document=document, version_class__kind="technical", version_class__changes_words=True
    )
    text, context = asked(client, document, technical.captured_at.date() - timedelta(days=1))
    assert [one.number for one in context["agreed"].unclear] == [technical.number]
    assert "a change of terms cannot be excluded there" in text
    flapping = Version.objects.filter(version_class__kind="flap", version_class__changes_words=True).latest("pk")
    text, _ = asked(
        client,
        Document.objects.select_related("platform").get(pk=flapping.document_id),
        flapping.captured_at.date() - timedelta(days=1),
    )
    assert "the text flapped" in text
    assert "No word has changed" not in text


def test_the_answer_is_the_same_page_and_not_for_search_engines(client: Client, document: Document) -> None:
    page = client.get(document.get_absolute_url(), {"agreed": "2024-01-01"}).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f'{document.get_absolute_url()}">' in page.split('rel="canonical"')[1][:200]
    plain = client.get(document.get_absolute_url()).content.decode()
    assert 'name="agreed" type="date" required' in plain
    assert "<script" not in plain


def test_what_was_taken_down_neither_stood_nor_changed(client: Client, document: Document) -> None:
    record = ChangeRecord.objects.filter(document=document).select_related("version").latest_first()[0]
    Takedown.objects.create(
        version=record.version, ground="withdrawn", public_reason="Why.", decided_at=AT, decided_by=person("ada")
    )
    _, context = asked(client, document, record.observed_before.date())
    assert context["agreed"].version.number != record.version.number
    assert record not in context["agreed"].records


def test_two_versions_are_chosen_by_a_form_that_needs_no_script(client: Client, document: Document) -> None:
    page = client.get(document.get_absolute_url()).content.decode()
    for version in Version.objects.filter(document=document).good():
        assert page.count(f'<option value="{version.number}"') == 2
    (address,) = re.findall(r'<form class="filters up" action="([^"]+)"', page)
    answer = client.get(address, {"from": "1", "to": "3"})
    assert (answer.status_code, answer["Location"]) == (302, f"{document.get_absolute_url()}diff/1/3/")


@pytest.mark.parametrize(
    ("stances", "label"),
    [
        ([("", "does")], "Added"),
        ([("does", "")], "Removed"),
        ([("", "does"), ("does", "")], None),
        ([("denies", "conditional"), ("conditional", "does")], "Stance changed"),
        ([("denies", "does"), ("does", "denies")], "Reworded"),
        ([("unstated", "does")], "Reworded"),
    ],
)
def test_changes_of_a_clause_are_taken_together(stances: list[tuple[str, str]], label: str | None) -> None:
    touches = [ClauseChange(old_stance=old, new_stance=new, touch="reworded", severity="low") for old, new in stances]
    touch = ClauseSince(Clause(), touches).touch
    assert (touch.label if touch is not None else None) == label
