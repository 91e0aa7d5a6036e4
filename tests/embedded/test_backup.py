"""Backup and restore, through the commands, on a database of another server than the embedded one's own name.

The second database of one embedded server stands for a server that DATABASE_URL names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from conductatlas.embedded import Layout, remove, running
from tests.embedded.processes import run
from tests.fixtures.demonstration import SOME


class Atlas:
    """A database of its own, told to commands by the two URLs."""

    def __init__(self, layout: Layout, name: str, owner: str = "ca_owner") -> None:
        self.layout, self.name = layout, name
        place = f"/{name}?host={quote(str(layout.sockets), safe='')}"
        self.env = {"DATABASE_URL": f"postgresql://ca_app@{place}"}
        if owner == "ca_owner":
            self.env["DATABASE_OWNER_URL"] = f"postgresql://ca_owner@{place}"
        else:
            self.env["DATABASE_URL"] = f"postgresql://{owner}@{place}"
        self.ask(f"CREATE DATABASE {name} OWNER ca_owner", database="postgres")

    def manage(self, *arguments: str) -> str:
        done = run(settings.BASE_DIR, "manage.py", *arguments, **self.env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str) -> str:
        done = run(settings.BASE_DIR, "manage.py", *arguments, **self.env)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def ask(self, statement: str, database: str = "", user: str = "ca_owner") -> list[tuple[object, ...]]:
        host, name = str(self.layout.sockets), database or self.name
        with psycopg.connect(host=host, dbname=name, user=user, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def contents(self) -> dict[str, object]:
        """Return all rows of all tables, what is granted, and where the sequences stand."""
        tables = [str(row[0]) for row in self.ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND" + OURS)]
        rows = {name: self.ask(f'SELECT t::text FROM "{name}" t ORDER BY 1') for name in tables}
        granted = self.ask("SELECT relname, relacl::text FROM pg_class WHERE relkind IN ('r', 'S') AND" + OURS)
        sequences = self.ask("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        triggers = self.ask("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")
        return {"rows": rows, "granted": sorted(granted), "sequences": sequences, "triggers": triggers}


OURS = " relnamespace = 'public'::regnamespace"


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layout]:
    """Give one server to the tests of this module: each puts back what it changes."""
    base = tmp_path_factory.mktemp("checkout")
    with running(base) as found:
        yield found
    remove(base)


@pytest.fixture(scope="module")
def filled(layout: Layout) -> Atlas:
    atlas = Atlas(layout, "atlas")
    atlas.manage("migrate", "--verbosity=0")
    atlas.manage("load_demo", *(f"--platform={slug}" for slug in SOME))
    return atlas


def databases(atlas: Atlas) -> set[object]:
    return {row[0] for row in atlas.ask("SELECT datname FROM pg_database", database="postgres")}


def test_a_backup_gives_back_everything(filled, layout, tmp_path):
    backup = str(tmp_path / "atlas.dump")
    before, names = filled.contents(), databases(filled)
    assert "Backup:" in filled.manage("backup", backup)
    assert Path(backup).stat().st_mode & 0o777 == 0o600
    assert "never overwritten" in filled.refused("backup", backup)

    empty = Atlas(layout, "elsewhere")
    empty.manage("restore", backup)
    assert empty.contents() == before
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        empty.ask("DELETE FROM platforms_version", user="ca_app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        empty.ask("CREATE TEMPORARY TABLE platforms_version (x int)", user="ca_app")

    assert "not empty, and nothing was changed" in empty.refused("restore", backup)
    empty.ask("UPDATE platforms_platform SET name = 'Changed'")
    with psycopg.connect(host=str(layout.sockets), user="ca_app", dbname="elsewhere"):
        assert "in use" in empty.refused("restore", "--replace", backup)
    empty.manage("restore", "--replace", backup)
    assert empty.contents() == before
    assert databases(empty) == names | {"elsewhere"}


def test_a_restore_that_fails_loses_nothing(filled, tmp_path):
    whole, half, later = tmp_path / "whole", tmp_path / "half", tmp_path / "later"
    filled.manage("backup", str(whole))
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    filled.ask("INSERT INTO django_migrations (app, name, applied) VALUES ('platforms', '9999_later', now())")
    filled.manage("backup", str(later))
    filled.ask("DELETE FROM django_migrations WHERE name = '9999_later'")
    before, names = filled.contents(), databases(filled)
    assert "There is no file" in filled.refused("restore", "--replace", str(tmp_path / "none"))
    assert "pg_restore failed" in filled.refused("restore", "--replace", str(half))
    assert "made by a later release" in filled.refused("restore", "--replace", str(later))
    assert (filled.contents(), databases(filled)) == (before, names)


def test_one_role_may_do_both_and_grants_follow_the_roles(filled, layout, tmp_path):
    backup = str(tmp_path / "atlas.dump")
    filled.manage("backup", backup)
    single = Atlas(layout, "single", owner="ca_owner")
    single.env = {"DATABASE_URL": single.env["DATABASE_OWNER_URL"]}
    single.manage("restore", backup)
    single.manage("migrate", "--verbosity=0")
    assert single.contents()["rows"] == filled.contents()["rows"]
