"""The index shows what was asked for, the latest first, and counts what it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from changes.models import ChangeRecord, ClauseChange
from platforms.models import Platform, Takedown
from tests.clauses.law import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def listed(client: Client, query: str = "") -> list[ChangeRecord]:
    """Return the records of a list, over all its pages."""
    found: list[ChangeRecord] = []
    after = ""
    while True:
        page = client.get(f"/changes/?{query}{f'&after={after}' if after else ''}").context["page"]
        found += page.rows
        after = page.next_after
        if not after:
            return found


def test_all_changes_are_listed_once_the_latest_first(client: Client) -> None:
    found = listed(client)
    times = [record.observed_before for record in found]
    assert times == sorted(times, reverse=True)
    assert {record.pk for record in found} == set(ChangeRecord.objects.shown().values_list("pk", flat=True))
    assert len(found) == len(set(found)) > 5


@pytest.mark.parametrize("name", ["severity", "direction", "nature", "state"])
def test_a_question_about_the_record_is_answered(client: Client, name: str) -> None:
    for value in set(ChangeRecord.objects.values_list(name, flat=True)):
        found = listed(client, f"{name}={value}")
        assert {record.pk for record in found} == set(
            ChangeRecord.objects.filter(**{name: value}).values_list("pk", flat=True)
        )


def test_questions_about_a_clause_are_about_one_clause(client: Client) -> None:
    touches = ClauseChange.objects.select_related("clause__type__category")
    for one in touches.order_by("touch", "clause__type_id", "pk").distinct("touch", "clause__type_id"):
        found = listed(client, f"touch={one.touch}&type={one.clause.type.slug}")
        assert one.record_id in {record.pk for record in found}
        for record in found:
            assert record.clause_changes.filter(touch=one.touch, clause__type=one.clause.type).exists()


def test_days_are_included_at_both_ends(client: Client) -> None:
    record = ChangeRecord.objects.latest("observed_before", "pk")
    day = record.observed_before.date()
    assert record in listed(client, f"since={day}&until={day}")
    assert record not in listed(client, f"until={day - timedelta(days=1)}")
    assert record not in listed(client, f"since={day + timedelta(days=1)}")


def test_counts_lead_to_lists_of_as_many(client: Client) -> None:
    for query in ("", "touch=reworded", "severity=high"):
        page = client.get(f"/changes/?{query}")
        for severity, number in page.context["severities"]:
            asked = "&".join(part for part in (query.replace("severity=high", ""), f"severity={severity}") if part)
            answer = client.get(f"/changes/?{asked}")
            assert answer.context["total"] == number == len(listed(client, asked))
        assert page.context["total"] == len(listed(client, query))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("severity=odd", "no severity called “odd”"),
        ("touch=odd", "no what it did called “odd”"),
        ("platform=nobody", "no platform called “nobody”"),
        ("since=yesterday", "“yesterday” is no day"),
        ("until=2026-02-30", "“2026-02-30” is no day"),
        ("until=9999-12-31", "is no day"),
        ("since=2026-05-02&until=2026-05-01", "No change lies between"),
        ("after=nonsense", "no such page"),
        ("after=WyJub25zZW5zZSIsIDFd", "no such page"),
        ("after=WzEsIDFd", "no such page"),
    ],
)
def test_what_there_is_not_is_refused_with_a_reason(client: Client, query: str, said: str) -> None:
    answer = client.get(f"/changes/?{query}")
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_narrowed_lists_are_kept_out_of_indexes(client: Client) -> None:
    assert 'content="noindex"' in client.get("/changes/?severity=high").content.decode()
    assert 'content="noindex"' not in client.get("/changes/").content.decode()
    assert "Disallow: /changes/?" in client.get("/robots.txt").content.decode()


def test_withdrawn_and_hidden_changes_leave_the_list_and_its_counts(client: Client) -> None:
    first, second, *_ = listed(client)
    ChangeRecord.objects.filter(pk=first.pk).update(state="withdrawn", withdrawn_because="It was a page shell.")
    user = User.objects.create(username="curator")
    Takedown.objects.create(
        version=second.version, ground="withdrawn", public_reason="Asked.", decided_at=AT, decided_by=user
    )
    shown = listed(client)
    assert first not in shown
    assert second not in shown
    assert client.get("/changes/").context["total"] == len(shown)


def test_invented_changes_leave_once_a_real_platform_is_kept(client: Client) -> None:
    shown = Platform.objects.earliest("pk")
    Platform.objects.create(slug="real", name="Real", operator=shown.operator, added_at=AT)
    assert listed(client) == []
    assert "No change has been recorded yet" in client.get("/changes/").content.decode()
