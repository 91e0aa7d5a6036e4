"""What Django is told about the database, computed without starting anything."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import PORT, Layout

APP, OWNER, NAME = "ca_app", "ca_owner", "conductatlas"
_OWN_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def database(base_dir: Path, database_url: str) -> dict[str, Any]:
    """Return Django's settings of the one database: the server of `database_url`, else the embedded one."""
    if database_url:
        return database_from_url(database_url)
    layout = Layout.of(base_dir)
    return _settings({"NAME": NAME, "USER": APP, "PASSWORD": "", "HOST": str(layout.sockets), "PORT": str(PORT)})


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings of the database that a PostgreSQL connection URL names.

    Read by libpq itself, so everything that psql takes is taken (a socket as ?host=/directory, sslmode, ...).
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise EmbeddedError(f"DATABASE_URL is not a PostgreSQL connection URL: {str(error).strip()}.") from None
    own = {ours: str(parts.pop(theirs, "") or "") for theirs, ours in _OWN_KEYS.items()}
    if not own["NAME"]:
        raise EmbeddedError("DATABASE_URL names no database: postgresql://user:password@host:port/name")
    own["USER"] = own["USER"] or getpass.getuser()
    return _settings(own | {"OPTIONS": parts})


def owner(database_url: str, owner_url: str) -> dict[str, Any]:
    """Return the connection settings in which the owner's role differs from the application's.

    The name of the database is never among them: under test it is another. Empty where one role does both.
    """
    if not database_url:
        if owner_url:
            raise EmbeddedError("DATABASE_OWNER_URL is set without DATABASE_URL; the embedded server needs neither.")
        return {"USER": OWNER}
    if not owner_url:
        return {}
    app, own = database_from_url(database_url), database_from_url(owner_url)
    if app["NAME"] != own["NAME"]:
        raise EmbeddedError("DATABASE_URL and DATABASE_OWNER_URL name different databases.")
    return {key: own[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


def _settings(own: dict[str, Any]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,  # a new connection for each request costs more than the query
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
        **own,
    }
