"""The history lists every version with what it changed, and every visit; it never takes noise for a change of terms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from changes.acts.publish import withdraw
from changes.models import ChangeRecord
from platforms.acts.record_check import record_check
from platforms.models import Check, Document, FailureReason, Outcome, Takedown, Version
from tests.clauses.law import AT, person
from tests.pages.test_clause_page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
KINDS = {
    "": None,
    "terms": {"first", "substantive", "reverted"},
    "cosmetic": {"cosmetic"},
    "technical": {"technical"},
    "flap": {"flap"},
    "suspect": {"suspect"},
}


def address(document: Document) -> str:
    return f"{document.get_absolute_url()}history/"


def documents() -> list[Document]:
    return list(Document.objects.select_related("platform"))


def test_each_filter_lists_its_versions_and_they_add_up(client: Client) -> None:
    for document in documents():
        numbers: dict[str, set[int]] = {}
        for show, kinds in KINDS.items():
            response = client.get(address(document), {"show": show} if show else {})
            numbers[show] = {row.version.number for row in response.context["rows"]}
            versions = Version.objects.filter(document=document)
            wanted = versions if kinds is None else versions.filter(version_class__kind__in=kinds)
            assert numbers[show] == set(wanted.values_list("number", flat=True))
            assert {k: n for k, _, n in response.context["shown"]}[show] == len(numbers[show])
        assert sum(len(some) for show, some in numbers.items() if show) == len(numbers[""])
    assert client.get(address(document), {"show": "nosuch"}).status_code == 400


def test_each_version_leads_to_its_change_or_its_comparison(client: Client) -> None:
    for document in documents():
        page = client.get(address(document)).content.decode()
        for version in Version.objects.filter(document=document).select_related("version_class__compared_with"):
            known = version.version_class
            record = ChangeRecord.objects.filter(version=version).first()
            assert (record is not None) == (known.kind in ("substantive", "reverted"))
            if record is not None:
                assert record.get_absolute_url() in page
            if known.compared_with is not None:
                assert f"/diff/{known.compared_with.number}/{version.number}/" in page


def test_what_is_no_change_of_terms_says_what_it_is(client: Client) -> None:
    said = " ".join(text_of(client.get(address(document)).content.decode()) for document in documents())
    assert "extractor changed; a change of terms cannot be excluded" in said
    assert "only link targets differ" in said
    assert "the words and digits are the same" in said
    assert "returns to version" in said


def test_a_record_that_was_withdrawn_is_not_shown_as_a_change(client: Client) -> None:
    record = ChangeRecord.objects.select_related("document__platform").latest_first()[0]
    withdraw(record=record, reason="A page of another region came.", at=AT)
    assert record.get_absolute_url() not in client.get(address(record.document)).content.decode()


def test_what_was_taken_down_is_listed_without_its_comparison(client: Client) -> None:
    record = ChangeRecord.objects.select_related("document__platform", "version", "before").latest_first()[0]
    Takedown.objects.create(
        version=record.version, ground="withdrawn", public_reason="Why.", decided_at=AT, decided_by=person("ada")
    )
    page = client.get(address(record.document)).content.decode()
    assert "taken down" in page
    assert f"/diff/{record.before.number}/{record.version.number}/" not in page


def test_every_visit_is_told_failures_with_reason_and_note(client: Client) -> None:
    for document in documents():
        response = client.get(address(document))
        text = text_of(response.content.decode())
        checks = Check.objects.filter(document=document)
        assert sum(run.number for run in response.context["runs"].rows) == checks.count()
        for check in checks.filter(outcome="failed"):
            assert check.get_reason_display() in text
            assert check.note in text


def test_long_quiet_times_are_one_line_and_three_failures_are_ailing(client: Client) -> None:
    document = documents()[0]
    for n in range(14):
        record_check(document=document, checked_at=AT + timedelta(hours=n), outcome=Outcome.UNCHANGED)
    page = text_of(client.get(address(document)).content.decode())
    assert "times without change between" in page
    for n in range(3):
        assert "Ailing" not in client.get(address(document)).content.decode()
        assert "Ailing" not in client.get(document.get_absolute_url()).content.decode()
        record_check(
            document=document,
            checked_at=AT + timedelta(days=1 + n),
            outcome=Outcome.FAILED,
            reason=FailureReason.UNREACHABLE,
            note="No route to the host.",
        )
    for where in (address(document), document.get_absolute_url()):
        assert "Ailing : the last 3 checks" in text_of(client.get(where).content.decode()).replace(
            "Ailing:", "Ailing :"
        )
    assert "Failed 3 times in a row, first 2 Dec 2026" in text_of(client.get(address(document)).content.decode())
    record_check(document=document, checked_at=AT + timedelta(days=9), outcome=Outcome.UNCHANGED)
    assert "Ailing" not in client.get(address(document)).content.decode()


def test_visits_page_without_gaps(client: Client) -> None:
    document = documents()[0]
    for n in range(40):
        outcome = Outcome.CHANGED if n % 2 else Outcome.UNCHANGED
        record_check(document=document, checked_at=AT + timedelta(hours=n), outcome=outcome)
    first = client.get(address(document))
    runs = first.context["runs"]
    assert f"?before={runs.next_before}#checks" in first.content.decode()
    second = client.get(address(document), {"before": runs.next_before}).context["runs"]
    assert second.rows[0].run == runs.rows[-1].run - 1
    for wrong in ("x", "-1", "²", "9" * 30):
        assert client.get(address(document), {"before": wrong}).status_code == 400


def test_a_version_leads_to_the_change_that_it_brought(client: Client) -> None:
    for record in ChangeRecord.objects.select_related("version__document__platform", "before"):
        page = client.get(record.version.get_absolute_url()).content.decode()
        assert record.get_absolute_url() in page
        assert f"/diff/{record.before.number}/{record.version.number}/" in page


def test_the_methodology_prints_the_rules_in_force(client: Client) -> None:
    from changes.rules import NEITHER, RIGHTS, RULES, RULES_RELEASE
    from changes.text.weighty import MANY_WORDS
    from clauses.models import ClauseType
    from clauses.text.matching import SIMILARITY
    from platforms.models import AILING_AFTER
    from platforms.text.history import FLAP_WINDOW

    text = text_of(client.get("/methodology/").content.decode())
    for rule in RULES:
        assert rule in text
    for name in ClauseType.objects.filter(slug__in=RIGHTS | NEITHER).values_list("name", flat=True):
        assert name in text
    assert f"Rules {RULES_RELEASE}" in text
    assert f"Many words are {MANY_WORDS} or more" in text
    assert f"its likeness is {SIMILARITY} of 1 or more" in text
    assert f"within {FLAP_WINDOW.days} days it flaps" in text
    assert f"{AILING_AFTER} failures in a row mark a document as ailing" in text
