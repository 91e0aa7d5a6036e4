"""Signed notes and checkpoints, in the formats of c2sp.org/signed-note and c2sp.org/tlog-checkpoint."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from platforms.published import stamp

ED25519 = b"\x01"
"""The type of a key, by the format."""


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature says whose it is."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return a public key as one line: name, id and key."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a public key, as people compare it."""
    return hashlib.sha256(public).hexdigest()


def public_of(private: Ed25519PrivateKey) -> bytes:
    """Return the public key that belongs to a private one."""
    return private.public_key().public_bytes_raw()


def signed(text: str, name: str, *keys: Ed25519PrivateKey) -> str:
    """Return a note: the text, which ends with a line break, and a signature by each key under one name."""
    lines = []
    for key in keys:
        signature = key_id(name, public_of(key)) + key.sign(text.encode())
        lines.append(f"— {name} {base64.b64encode(signature).decode()}\n")
    return f"{text}\n{''.join(lines)}"


def checkpoint_text(*, origin: str, size: int, root: bytes, at: datetime) -> str:
    """Return what a checkpoint says. The fourth line, the time, is an extension that the format allows."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\nTime: {stamp(at)}\n"


def key_text(*, origin: str, public: bytes, at: datetime, instead_of: bytes | None) -> str:
    """Return the statement that a key signs for the log from now on, `instead_of` the one before it."""
    before = f"Instead of: {verifier_key(origin, instead_of)}\n" if instead_of is not None else ""
    return f"{origin}\nKey: {verifier_key(origin, public)}\n{before}Time: {stamp(at)}\n"
