"""Versions are stored by value when they are recorded, and stay so."""

import hashlib
import json

import pytest
from django.db import DatabaseError, connection, transaction

from platforms.acts.seal_versions import seal_pending
from platforms.models import Document, StoredText, Version, VersionRecord

pytestmark = pytest.mark.django_db


def test_a_version_is_stored_by_value_with_the_names_of_the_day(demonstration):
    version = Version.objects.select_related("document__platform", "snapshot").order_by("pk")[0]
    record, before = version.record, version.document.title
    Document.objects.filter(pk=version.document_id).update(title="Another title")
    value = json.loads(bytes(record.content))
    assert hashlib.sha256(bytes(record.content)).digest() == bytes(record.sha256)
    assert value["document"]["title"] == before
    assert (value["id"], value["revision"]) == (version.document.record_id, version.number)
    text = StoredText.objects.get(versions=version)
    assert value["text"] == {"sha256": bytes(text.sha256).hex(), "size": text.size, "length": text.length}
    assert value["bytes"] == {"sha256": bytes(version.snapshot.sha256).hex(), "size": version.snapshot.size}


def test_every_version_has_its_record_and_sealing_again_adds_none(demonstration):
    assert VersionRecord.objects.count() == Version.objects.count() > 40
    assert seal_pending() == 0


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE platforms_versionrecord SET content = 'x'",
        "DELETE FROM platforms_versionrecord",
        "TRUNCATE platforms_versionrecord",
    ],
)
def test_the_record_of_a_version_is_kept_by_the_database(demonstration, attack):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
