"""PostgreSQL refuses to change evidence, whatever the application's role tries (rule 1)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from platforms.acts.record_check import record_check
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import (
    CaptureState,
    Check,
    Document,
    ExtractionRule,
    IssuedSlug,
    Method,
    Operator,
    Outcome,
    Platform,
    Snapshot,
    StoredBytes,
    StoredText,
    Version,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)
EVIDENCE = [StoredText, StoredBytes, Snapshot, Check, Version, IssuedSlug, ExtractionRule]


@pytest.fixture
def document() -> Document:
    """One platform with one document, two versions and a check."""
    operator = Operator.objects.create(slug="acme", name="Acme")
    platform = Platform.objects.create(slug="acme", name="Acme", operator=operator, added_at=AT)
    made = Document.objects.create(
        platform=platform, slug="terms", title="Terms", kind="terms-of-service", nature="agreement", added_at=AT
    )
    written = Provenance(method=Method.WRITTEN)
    record_versions(
        [Arrival(made.pk, AT, b"words", "test", written), Arrival(made.pk, AT, b"\xff", "test", written)],
        recorded_at=AT,
    )
    record_check(document=made, checked_at=AT, outcome=Outcome.UNCHANGED)
    ExtractionRule.objects.create(document=made, select=["main"], since_at=AT)
    return made


def refused(attempt) -> None:
    """Expect PostgreSQL itself to refuse."""
    with pytest.raises(Error), transaction.atomic():
        attempt()


@pytest.mark.parametrize("model", EVIDENCE)
def test_the_orm_cannot_change_evidence(document: Document, model) -> None:
    row = model.objects.first()
    column = next(f.name for f in model._meta.concrete_fields if not f.primary_key)
    refused(row.save)
    refused(row.delete)
    refused(lambda: model.objects.update(**{column: getattr(row, column)}))
    refused(lambda: model.objects.all()._raw_delete(model.objects.db))
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", EVIDENCE)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "TRUNCATE platforms_document CASCADE",
        "MERGE INTO {table} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
        "SELECT * FROM {table} FOR UPDATE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TRIGGER {table}_keeps_rows ON {table}",
        "SET session_replication_role = replica",
        "SET ROLE ca_owner",
        "SET SESSION AUTHORIZATION ca_owner",
        "CREATE TEMP TABLE {table} (id int)",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    ],
)
def test_raw_sql_cannot_change_evidence(document: Document, model, statement: str) -> None:
    def attempt() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=model._meta.db_table))

    refused(attempt)


def test_no_setting_that_the_role_may_change_opens_evidence(document: Document) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE context IN ('user') AND name NOT LIKE '%timeout%'")
        names = [name for (name,) in cursor.fetchall()]
    assert len(names) > 50

    def attempt() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting, vartype FROM pg_settings WHERE name = ANY(%s)", [names])
            for name, setting, kind in cursor.fetchall():
                flipped = {"on": "off", "off": "on"}.get(setting)
                if (
                    kind == "bool"
                    and flipped
                    and name not in ("transaction_read_only", "default_transaction_read_only")
                ):
                    cursor.execute(f"SET LOCAL {name} = {flipped}")
            cursor.execute("DELETE FROM platforms_version")

    refused(attempt)


def test_bodies_must_have_the_hash_they_claim() -> None:
    other = hashlib.sha256(b"other").digest()
    refused(lambda: StoredText.objects.create(sha256=other, size=5, length=5, body="words"))
    right = hashlib.sha256(b"words").digest()
    refused(lambda: StoredText.objects.create(sha256=right, size=6, length=5, body="words"))
    refused(lambda: StoredText.objects.create(sha256=right, size=5, length=4, body="words"))
    refused(lambda: StoredBytes.objects.create(sha256=other, size=5, body=b"words"))


def test_a_snapshot_must_have_the_hash_of_its_body(document: Document) -> None:
    text = StoredText.objects.get()
    make = Snapshot(document=document, method="written", captured_at=AT, recorded_at=AT, text=text, size=5)
    make.sha256 = hashlib.sha256(b"other").digest()
    refused(make.save)
    make.sha256, make.size = bytes(text.sha256), 99
    refused(make.save)


def test_a_version_must_be_of_its_snapshot(document: Document) -> None:
    first = Version.objects.select_related("snapshot").get(number=1)
    text = first.text
    written = Snapshot.objects.create(
        document=document,
        method="written",
        captured_at=AT,
        recorded_at=AT,
        text=text,
        size=5,
        sha256=text.sha256,  # type: ignore[union-attr]
    )
    make = Version(document=document, number=9, snapshot=written, captured_at=AT, text=None, extractor="test")
    refused(make.save)


def test_a_slug_never_goes_to_another_object(document: Document) -> None:
    platform = document.platform
    platform.slug = "acme-inc"
    platform.save()
    refused(lambda: Platform.objects.create(slug="acme", name="Other", operator=platform.operator, added_at=AT))
    platform.slug = "acme"
    platform.save()
    assert IssuedSlug.objects.holder(scope="platform", slug="acme-inc") == platform.pk


def test_a_snapshot_is_extracted_once_by_a_release(document: Document) -> None:
    """Another release may read it again; the same one may not."""
    first = Version.objects.select_related("snapshot", "text").get(number=1)
    again = {"document": document, "snapshot": first.snapshot, "captured_at": AT, "text": first.text}
    Version.objects.create(number=3, source_order=1, extractor="another", **again)
    refused(lambda: Version.objects.create(number=4, source_order=2, extractor="another", **again))


def test_a_claim_has_a_holder_and_an_end(document: Document) -> None:
    refused(lambda: CaptureState.objects.create(document=document, claimed_by="me"))
    refused(lambda: CaptureState.objects.create(document=document, claimed_until=AT))
    refused(lambda: CaptureState.objects.create(document=document, interval=timedelta(0)))
