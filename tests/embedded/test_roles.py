"""The application's role may not do what the owner's may."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from conductatlas.database import as_owner
from tests.reset import reset

FORBIDDEN = [
    "TRUNCATE auth_user CASCADE",
    "ALTER TABLE auth_user ADD COLUMN x int",
    "DROP TABLE auth_user",
    "CREATE TABLE x (y int)",
    "CREATE TEMPORARY TABLE auth_user (y int)",
    "CREATE SCHEMA x",
    "SET ROLE ca_owner",
    "SET SESSION AUTHORIZATION ca_owner",
    "SET session_replication_role = replica",
    "COPY auth_user TO PROGRAM 'cat'",
    "CREATE ROLE x SUPERUSER",
    # Evidence
    "UPDATE platforms_storedtext SET body = ''",
    "DELETE FROM platforms_storedtext",
    "TRUNCATE platforms_storedtext CASCADE",
    "ALTER TABLE platforms_storedtext DISABLE TRIGGER ALL",
]
OWNER_TOO = ["UPDATE platforms_storedtext SET body = ''", "DELETE FROM platforms_storedtext"]


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def store_text(body: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platforms_storedtext (sha256, size, length, body)"
            " SELECT sha256(convert_to(b, 'UTF8')), octet_length(b), char_length(b), b FROM (SELECT %s::text AS b) t",
            [body],
        )


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_is_refused(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", OWNER_TOO)
def test_on_evidence_the_owner_is_refused_too_while_its_triggers_stand(statement):
    store_text("kept")
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM platforms_storedtext")
        assert cursor.fetchall() == [("kept",)]


@pytest.mark.django_db(transaction=True)
def test_the_reset_between_tests_empties_evidence_and_guards_it_again():
    store_text("gone")
    reset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM platforms_storedtext")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM auth_permission")
        assert cursor.fetchone() != (0,)


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_entered_for_a_block_and_left_after_it():
    assert role() == "ca_app"
    with as_owner():
        assert role() == "ca_owner"
        with as_owner():
            assert role() == "ca_owner"
        assert role() == "ca_owner"
    assert role() == "ca_app"


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_left_after_an_error_too():
    with pytest.raises(ValueError, match="planned"), as_owner():
        raise ValueError("planned")
    assert role() == "ca_app"


@pytest.mark.django_db
def test_the_owner_cannot_be_entered_inside_a_transaction():
    with pytest.raises(RuntimeError, match="inside a transaction"), as_owner():
        pass
