"""What a backup holds comes back whole, with its guards and grants; what fails changes nothing."""

import pytest
from django.db import DatabaseError, connection

from conductatlas.backups import restore as restoring
from conductatlas.backups.dump import dump
from conductatlas.backups.programs import BackupError
from conductatlas.backups.restore import restore
from conductatlas.database import as_owner
from tests.embedded.test_roles import store_text
from tests.reset import reset

pytestmark = pytest.mark.django_db(transaction=True)

GRANTED = (
    "SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relacl::text FROM pg_class c"
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'S') ORDER BY 1"
)
GUARDS = "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
DEFAULTS = "SELECT defaclobjtype::text, defaclacl::text FROM pg_default_acl ORDER BY 1"
DATABASE = (
    "SELECT pg_get_userbyid(datdba), has_database_privilege(current_user, oid, 'TEMP'),"
    " has_database_privilege(current_user, oid, 'CREATE') FROM pg_database WHERE datname = current_database()"
)


def rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def texts() -> list[object]:
    return [body for (body,) in rows("SELECT body FROM platforms_storedtext ORDER BY body")]


def databases() -> set[object]:
    """Return this one and what is named after it: tests beside this one have databases of their own."""
    return {name for (name,) in rows("SELECT datname FROM pg_database WHERE starts_with(datname, current_database())")}


@pytest.fixture
def backup(tmp_path):
    store_text("kept")
    path = tmp_path / "atlas.dump"
    assert dump(path) == path.stat().st_size > 0
    return path


def test_a_backup_comes_back_with_its_rows_guards_and_grants(backup):
    before = [rows(GRANTED), rows(GUARDS), rows(DEFAULTS), rows(DATABASE)]
    there = databases()
    store_text("written after the backup")
    restore(backup, replace=True)
    assert texts() == ["kept"]
    assert [rows(GRANTED), rows(GUARDS), rows(DEFAULTS), rows(DATABASE)] == before
    assert databases() == there
    assert rows("SELECT current_user") == [("ca_app",)]
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM platforms_storedtext")
    with as_owner(), pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_storedtext SET body = ''")
    store_text("the numbers go on")
    assert texts() == ["kept", "the numbers go on"]


def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(BackupError, match="cannot be written"):
        dump(tmp_path / "missing" / "atlas.dump")


def test_an_empty_database_needs_no_word(backup):
    reset()
    restore(backup, replace=False)
    assert texts() == ["kept"]


@pytest.mark.parametrize("step", ["grants", "_require_known", "_swap"])
def test_a_restore_that_fails_leaves_what_was_there(backup, monkeypatch, step):
    def fail(*args):
        raise BackupError("planned")

    there = databases()
    store_text("written after the backup")
    monkeypatch.setattr(restoring, step, fail)
    with pytest.raises(BackupError, match="planned"):
        restore(backup, replace=True)
    assert texts() == ["kept", "written after the backup"]
    assert databases() == there


@pytest.mark.parametrize("content", [b"", b"no backup at all", b"PGDMP cut off"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(BackupError):
        restore(path, replace=True)
    with pytest.raises(BackupError, match="There is no file"):
        restore(tmp_path / "missing", replace=True)
