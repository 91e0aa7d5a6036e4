"""Checkouts of their own for tests of the embedded server, far from the developer's."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from conductatlas.embedded import Layout, binaries, remove


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Path]:
    """Give an empty folder; it and whatever it was moved or copied to lose their servers after the test."""
    path = tmp_path / "checkout"
    path.mkdir()
    yield path
    for found in tmp_path.rglob("var/instance-id"):
        remove(found.parent.parent)


@pytest.fixture
def base(bare: Path) -> Path:
    """Give an empty checkout whose server starts quickly."""
    _lend_binaries(bare)
    return bare


def _lend_binaries(base: Path) -> None:
    """Link the programs that root's servers run from out of the developer's copy: copying takes most of a start."""
    layout, own = Layout.of(base), Layout.of(settings.BASE_DIR)
    if layout.as_root:
        own.make_home()
        layout.make_home()
        copy = binaries.for_server(own).relative_to(own.home).parts[0]
        shutil.copytree(own.home / copy, layout.home / copy, copy_function=os.link)


def ask(layout: Layout, statement: str, user: str = "ca_owner") -> object:
    """Return the one value that a statement answers."""
    with psycopg.connect(host=str(layout.sockets), user=user, dbname="conductatlas", autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None
