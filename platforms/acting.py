"""Says who acts, so that the audit trail of the database can name the person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

_SET = "SELECT set_config('conductatlas.person', %s, true)"


@contextmanager
def acting(person: AbstractBaseUser) -> Iterator[None]:
    """Do what follows in one transaction in the name of a person.

    The name lives and dies with the transaction: a connection that goes back to the pool carries nobody's.
    """
    with transaction.atomic():
        _name(str(person.pk))
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _name("")  # where an outer transaction goes on, as in a test


def _name(person: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [person])
