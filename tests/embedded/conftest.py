"""Checkouts of their own for tests of the embedded server, far from the developer's."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from conductatlas.embedded import Layout, remove, running


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Path]:
    """Give an empty folder; it and whatever it was moved or copied to lose their servers after the test."""
    path = tmp_path / "checkout"
    path.mkdir()
    yield path
    for found in tmp_path.rglob("var/instance-id"):
        remove(found.parent.parent)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a database once, for `base` to copy: making one takes most of a first start."""
    path = tmp_path_factory.mktemp("made")
    with running(path):
        pass
    yield path
    remove(path)


@pytest.fixture
def base(bare: Path, made: Path) -> Path:
    """Give an empty checkout whose database is made already, and holds nothing."""
    layout = Layout.of(bare)
    layout.make_home()
    subprocess.run(["cp", "-a", f"{Layout.of(made).home}/.", str(layout.home)], check=True)
    return bare


def ask(layout: Layout, statement: str, user: str = "ca_owner") -> object:
    """Return the one value that a statement answers."""
    with psycopg.connect(host=str(layout.sockets), user=user, dbname="conductatlas", autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None
