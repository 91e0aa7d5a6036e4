"""Databases beside the one that Django made for the tests: copies of it, each in use for the length of a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from conductatlas.backups.programs import conninfo
from conductatlas.database import as_owner

DEMONSTRATED = "_demonstrated"  # the end of the name of the database that holds the demonstration
DROP = sql.SQL("DROP DATABASE IF EXISTS {}")
COPY = sql.SQL("CREATE DATABASE {} TEMPLATE {}")


@contextmanager
def copied(name: str) -> Iterator[str]:
    """Have a copy of the database in use, called `name`, until the end of the block; the copy is not used yet.

    The server copies files, which takes a moment where filling the same tables takes seconds.
    """
    original = connection.settings_dict["NAME"]
    _on_server(DROP.format(sql.Identifier(name)))  # left by a run that was killed
    _on_server(COPY.format(sql.Identifier(name), sql.Identifier(original)))
    try:
        yield name
    finally:
        _on_server(DROP.format(sql.Identifier(name)))


def _on_server(statement: sql.Composed) -> None:
    """Execute as the owner, outside of every database of tests; the server waits for sessions that just ended."""
    with as_owner():
        owner = dict(connection.settings_dict)
    with psycopg.connect(conninfo(owner, "postgres"), password=owner["PASSWORD"] or None, autocommit=True) as server:
        server.execute(statement)
