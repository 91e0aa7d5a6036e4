"""Restoring a backup: beside the present database, and in its place only once it is whole."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from conductatlas.backups.programs import BackupError, conninfo, run
from conductatlas.backups.roles import grants
from conductatlas.database import as_owner, connected_to

LEAVING = 2.0  # seconds in which a closed connection may still be seen
FILLED_BY_MIGRATE = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)


def restore(backup: Path, *, replace: bool) -> None:
    """Put what `backup` holds in the place of the database, and bring its tables up to date.

    Without `replace` only where the database holds nothing. Everything is restored into a new database; the
    two change names in one transaction, so that a failure, or a kill, at any point leaves what was there.
    Raises BackupError.
    """
    if not backup.is_file():
        raise BackupError(f"There is no file {backup}.")
    run("pg_restore", ["--list", backup])  # is it a backup at all?
    with as_owner():
        owner = dict(connection.settings_dict)
    with psycopg.connect(_maintenance(owner), password=owner["PASSWORD"] or None, autocommit=True) as server:
        if not replace and _holds_anything(server, owner):
            raise BackupError(
                "The database is not empty, and nothing was changed. To replace what it holds: "
                "`FORCE=1 make restore FILE=...` (make a backup first)."
            )
        _require_nobody_else(server, owner["NAME"])
        new = f"{owner['NAME']}_restored_{secrets.token_hex(4)}"
        _create(server, new)
        try:
            _fill(backup, owner, new)
            _swap(server, owner["NAME"], new)
        except BaseException:
            connection.close()
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(new)))
            raise


def _maintenance(owner: dict[str, Any]) -> str:
    return conninfo(owner, "postgres")


def _holds_anything(server: psycopg.Connection[Any], owner: dict[str, Any]) -> bool:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [owner["NAME"]]).fetchone():
        return False
    with psycopg.connect(conninfo(owner), password=owner["PASSWORD"] or None) as current:
        tables = current.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname <> ALL (%s)",
            [list(FILLED_BY_MIGRATE)],
        ).fetchall()
        filled = (sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier(name)) for (name,) in tables)
        answer = current.execute(sql.SQL("SELECT false OR ") + sql.SQL(" OR ").join([sql.SQL("false"), *filled]))
        return bool((answer.fetchone() or [False])[0])


def _require_nobody_else(server: psycopg.Connection[Any], name: str) -> None:
    """Raise BackupError while others use the database `name`; a connection just closed may take a moment to go."""
    connection.close()
    deadline = time.monotonic() + LEAVING
    # PostgreSQL's own workers have no role; what else would tell them is hidden from a plain owner.
    clients = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND usesysid IS NOT NULL LIMIT 1"
    while server.execute(clients, [name]).fetchone():
        if time.monotonic() > deadline:
            raise BackupError("The database is in use (make serve?), and nothing was changed. Stop that first.")
        time.sleep(0.05)


def _create(server: psycopg.Connection[Any], name: str) -> None:
    try:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise BackupError(
            "The owner's role may not create a database on this server, and nothing was changed. "
            "Give it CREATEDB, or restore with pg_restore yourself."
        ) from None


def _fill(backup: Path, owner: dict[str, Any], name: str) -> None:
    """Restore into the database `name`, give its roles their grants, and migrate it to this release."""
    target = [f"--dbname={conninfo(owner, name)}"]
    plain = ["--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--single-transaction"]
    run("pg_restore", [*plain, *target, backup], owner)
    app = settings.DATABASE_APP_ROLE
    with psycopg.connect(conninfo(owner, name), password=owner["PASSWORD"] or None) as new:
        new.execute(grants(backup, owner["USER"], app).encode())
        _require_known(new)
    with connected_to(name):
        call_command("migrate", interactive=False, verbosity=0)


def _require_known(new: psycopg.Connection[Any]) -> None:
    try:
        there = set(new.execute("SELECT app, name FROM public.django_migrations").fetchall())
    except psycopg.errors.UndefinedTable:
        raise BackupError("This is no backup of ConductAtlas, and nothing was changed.") from None
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations) | {key for key, _ in _replaced(loader)}
    if unknown := sorted(there - known):
        listed = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise BackupError(
            f"The backup was made by a later release (it has {listed}), and nothing was changed. Update first."
        )


def _replaced(loader: MigrationLoader) -> Iterator[tuple[tuple[str, str], None]]:
    for migration in loader.disk_migrations.values():
        for key in migration.replaces:
            yield tuple(key), None  # type: ignore[misc]


def _swap(server: psycopg.Connection[Any], name: str, new: str) -> None:
    old = f"{name}_replaced_{secrets.token_hex(4)}"
    there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with server.transaction():
            if there:
                server.execute(rename.format(sql.Identifier(name), sql.Identifier(old)))
            server.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))
    except psycopg.errors.ObjectInUse:
        raise BackupError("The database has come into use, and nothing was changed. Stop `make serve` first.") from None
    if there:
        server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
