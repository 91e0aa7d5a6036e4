"""The two roles of the database, and the server that holds it.

Everything connects as the application's role, which may only add to the evidence. The owner's role is entered
for a block: by `migrate`, by erasure and by the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from conductatlas import embedded


def server() -> AbstractContextManager[object]:
    """Have the embedded server running inside the block; where DATABASE_URL names another, do nothing."""
    return embedded.running(settings.BASE_DIR) if settings.EMBEDDED_DATABASE else nullcontext()


@contextmanager
def as_owner() -> Iterator[BaseDatabaseWrapper]:
    """Connect as the owner of the tables inside the block, and as the application again after it.

    Raises RuntimeError inside a transaction, which would be lost with the connection. May be nested: what it
    puts back is what it found. Where one role does both, it only reconnects.
    """
    if connection.in_atomic_block:
        raise RuntimeError("The owner's role cannot be entered inside a transaction.")
    found = {key: connection.settings_dict[key] for key in settings.DATABASE_OWNER}
    connection.close()
    connection.settings_dict.update(settings.DATABASE_OWNER)
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict.update(found)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Turn Django's connection to another database inside the block."""
    found = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = found
