"""Checkouts of their own for tests of the embedded server, far from the developer's."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from conductatlas.embedded import Layout, remove


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    """Give an empty checkout; it and whatever it was moved or copied to lose their servers after the test."""
    path = tmp_path / "checkout"
    path.mkdir()
    yield path
    for found in tmp_path.rglob("var/instance-id"):
        remove(found.parent.parent)


def ask(layout: Layout, statement: str, user: str = "ca_owner") -> object:
    """Return the one value that a statement answers."""
    with psycopg.connect(host=str(layout.sockets), user=user, dbname="conductatlas", autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None
