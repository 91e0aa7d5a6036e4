"""pg_dump and pg_restore of the embedded package, run as the owner of the tables."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from conductatlas.embedded import binaries


class BackupError(RuntimeError):
    """A backup could not be made or restored; the message says why, and what was kept."""


def conninfo(settings: dict[str, Any], name: str | None = None) -> str:
    """Return Django's connection settings in libpq's words, without the password; `name` for another database."""
    words = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "dbname": name or settings["NAME"],
    }
    options = {key: value for key, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return make_conninfo(**{key: value for key, value in words.items() if value}, **options)


def run(program: str, arguments: list[str | Path], settings: dict[str, Any] | None = None) -> str:
    """Run one of the programs, and return what it wrote; raises BackupError with what it complained of.

    The password goes by the environment, where other users cannot read it.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    if settings and settings["PASSWORD"]:
        environment["PGPASSWORD"] = settings["PASSWORD"]
    done = subprocess.run(
        [binaries.tool(program), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout
