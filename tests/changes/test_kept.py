"""What was published of a change stays, and PostgreSQL refuses records that contradict themselves."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from changes.models import ChangeRecord, ChangeRevision, ClauseChange
from platforms.published import canonical
from tests.clauses.law import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

ATTACKS = [
    "UPDATE changes_changerevision SET number = 99",
    "UPDATE changes_changerevision SET content = ''",
    "DELETE FROM changes_changerevision",
    "TRUNCATE changes_changerevision CASCADE",
    "ALTER TABLE changes_changerevision DISABLE TRIGGER ALL",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_revision_is_refused_every_change(attack: str) -> None:
    before = list(ChangeRevision.objects.order_by("pk").values_list("pk", "sha256"))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert list(ChangeRevision.objects.order_by("pk").values_list("pk", "sha256")) == before


def test_a_revision_with_another_hash_is_refused() -> None:
    record = ChangeRecord.objects.first()
    assert record is not None
    with pytest.raises(Error, match="change_revision_has_the_hash_it_claims"), transaction.atomic():
        ChangeRevision.objects.create(
            record=record, number=9, content=b"{}", sha256=hashlib.sha256(b"other").digest(), published_at=AT
        )


def test_the_hash_of_a_revision_is_that_of_its_canonical_bytes() -> None:
    import json

    for revision in ChangeRevision.objects.all():
        content = bytes(revision.content)
        assert hashlib.sha256(content).digest() == bytes(revision.sha256)
        assert canonical(json.loads(content)) == content


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"before_id": "version_id"}, "change_is_between_two_versions"),
        ({"observed_after": "later"}, "change_window_is_in_order"),
        ({"state": "withdrawn"}, "change_is_withdrawn_just_when_it_says_why"),
        ({"withdrawn_because": "No."}, "change_is_withdrawn_just_when_it_says_why"),
        ({"alternations": 3, "last_alternated_at": None}, "change_alternated_just_when_it_says_when"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(fields: dict[str, Any], constraint: str) -> None:
    record = ChangeRecord.objects.filter(state="drafted").first()
    assert record is not None
    values = dict(fields)
    if values.get("before_id"):
        values["before_id"] = record.version_id
    if values.get("observed_after"):
        values["observed_after"] = record.observed_before + timedelta(days=1)
    with pytest.raises(Error, match=constraint), transaction.atomic():
        ChangeRecord.objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"touch": "stance_changed", "severity": "low"}, "stance_change_is_at_least_high"),
        ({"touch": "added", "old_stance": "does"}, "clause_change_has_the_stances_of_its_touch"),
        ({"touch": "removed", "new_stance": "does"}, "clause_change_has_the_stances_of_its_touch"),
        ({"touch": "reworded", "old_stance": "", "new_stance": "does"}, "clause_change_has_the_stances_of_its_touch"),
    ],
)
def test_a_touch_that_contradicts_itself_is_refused(fields: dict[str, Any], constraint: str) -> None:
    one = ClauseChange.objects.first()
    assert one is not None
    with pytest.raises(Error, match=constraint), transaction.atomic():
        ClauseChange.objects.filter(pk=one.pk).update(**fields)


def test_a_curator_publishes_and_withdraws_in_the_admin(admin_client: Client) -> None:
    record = ChangeRecord.objects.filter(state="drafted").first()
    assert record is not None
    address = reverse("admin:changes_changerecord_change", args=[record.pk])
    form = {"title": "Better", "summary": "In other words.", "severity": "high", "direction": "people"}
    refused = admin_client.post(address, {**form, "title": " ", "withdrawn_because": ""})
    assert refused.status_code == 200
    record.refresh_from_db()
    assert record.state == "drafted"
    assert admin_client.post(address, {**form, "withdrawn_because": ""}).status_code == 302
    record.refresh_from_db()
    assert (record.title, record.state, record.revisions.count()) == ("Better", "published", 2)
    assert admin_client.post(address, {**form, "withdrawn_because": "A mistake."}).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.withdrawn_because, record.revisions.count()) == ("withdrawn", "A mistake.", 2)
