"""The key that signs checkpoints: a file that is made once, and the row that names it to the world."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import connection, transaction

from conductatlas.embedded.files import made_once, replace
from conductatlas.log.models import LogKey
from conductatlas.log.note import key_text, public_of, signed

_LOCK = 6962


class NoKey(Exception):
    """Nothing can be signed; the message says why, and what to do."""


@dataclass(frozen=True)
class Signer:
    """The key in force: its row, and what signs."""

    row: LogKey
    private: Ed25519PrivateKey


@contextmanager
def log_turn() -> Iterator[None]:
    """Do what follows in one transaction while nobody else writes to the log."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def signer(*, at: datetime) -> Signer:
    """Return the key in force; the first call makes it, and names the log.

    Raises NoKey where the file is missing, unreadable, or holds another key than the log was signed with last.
    """
    with log_turn():
        row, path = LogKey.objects.last(), Path(settings.LOG_KEY_FILE)
        if row is None:
            private = _read(made_once(path, _written(Ed25519PrivateKey.generate()), mode=0o600))
            _guard(path)
            return Signer(_named(f"conductatlas-log/{secrets.token_hex(8)}", private, at), private)
        if not path.exists():
            raise NoKey(f"{path} is missing. Put it back from your copy; if there is none, see rotate_log_key --lost.")
        private = _read(path.read_text(encoding="ascii"))
        if public_of(private) != bytes(row.public):
            raise NoKey(f"{path} is not the key that this log is signed with. Put the right one in its place.")
        return Signer(row, private)


def rotate(*, at: datetime, lost: bool = False) -> LogKey:
    """Have a new key sign from now on; the old one signs the statement that says so, and is kept beside the new.

    With `lost` nobody but the new key can sign it, and readers must be told in another way. Raises NoKey.
    """
    path = Path(settings.LOG_KEY_FILE)
    with log_turn():
        row = LogKey.objects.last()
        if row is None:
            return signer(at=at).row
        signers = [] if lost else [signer(at=at).private]
        private = Ed25519PrivateKey.generate()
        if path.exists():
            os.replace(path, _free(path))
        replace(path, _written(private), mode=0o600)
        return _named(row.origin, private, at, before=bytes(row.public), signers=signers)


def _named(
    origin: str,
    private: Ed25519PrivateKey,
    at: datetime,
    *,
    before: bytes | None = None,
    signers: list[Ed25519PrivateKey] | None = None,
) -> LogKey:
    public = public_of(private)
    text = key_text(origin=origin, public=public, at=at, instead_of=before)
    statement = signed(text, origin, *(signers or []), private)
    return LogKey.objects.create(origin=origin, public=public, since=at, statement=statement)


def _read(pem: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except ValueError as error:
        raise NoKey("The key file is no private key in PEM.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey("The key file holds no Ed25519 key.")
    return key


def _written(private: Ed25519PrivateKey) -> str:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()


def _guard(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _free(path: Path) -> Path:
    """Return where the old key is laid aside: beside the new one, under a number."""
    number = 1
    while (aside := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return aside
