"""Recomputes every hash of the evidence from the stored bodies, in Python, not trusting the database's own checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from platforms.models import Method, Snapshot, StoredBytes, StoredText, Version

CHUNK = 100


@dataclass
class Verified:
    """What was recomputed, and each thing that did not hold, in words."""

    texts: int = 0
    snapshots: int = 0
    versions: int = 0
    passages: int = 0
    size: int = 0
    faults: list[str] = field(default_factory=list)


def verify_bodies(verified: Verified, *, progress: Callable[[str, int, int], None]) -> None:
    """Recompute the hash and the sizes of every stored text and of all stored bytes."""
    total = StoredText.objects.count() + StoredBytes.objects.count()
    for text in _texts():
        _compare(verified, f"text {text.pk}", text.body.encode(), bytes(text.sha256), text.size)
        if len(text.body) != text.length:
            verified.faults.append(f"text {text.pk} has {len(text.body)} characters, not {text.length}")
        verified.texts += 1
        progress("bodies recomputed", verified.texts, total)
    for raw in StoredBytes.objects.order_by("pk").iterator(chunk_size=CHUNK):
        _compare(verified, f"bytes {raw.pk}", bytes(raw.body), bytes(raw.sha256), raw.size)
        verified.texts += 1
        progress("bodies recomputed", verified.texts, total)


def verify_snapshots(verified: Verified, *, progress: Callable[[str, int, int], None]) -> None:
    """Compare each snapshot with the body it names, and each version with its snapshot."""
    total = Snapshot.objects.count()
    rows = Snapshot.objects.values_list("pk", "sha256", "text__sha256", "raw__sha256")
    for pk, sha256, text_hash, raw_hash in rows.iterator(chunk_size=2000):
        body = text_hash if text_hash is not None else raw_hash
        if body is None or bytes(body) != bytes(sha256):
            verified.faults.append(f"snapshot {pk} has not the hash of its body")
        verified.snapshots += 1
        progress("snapshots compared", verified.snapshots, total)
    total = Version.objects.count()
    versions = Version.objects.values_list("pk", "text_id", "snapshot__text_id", "snapshot__method")
    for pk, text, whole, method in versions.iterator(chunk_size=2000):
        # The text of a fetched page was extracted from its bytes; elsewhere the bytes are the text.
        if text != whole and method != Method.FETCHED:
            verified.faults.append(f"version {pk} has not the text of its snapshot")
        verified.versions += 1
        progress("versions compared", verified.versions, total)


def _compare(verified: Verified, name: str, body: bytes, sha256: bytes, size: int) -> None:
    verified.size += len(body)
    if hashlib.sha256(body).digest() != sha256:
        verified.faults.append(f"{name} has not the hash it claims")
    if len(body) != size:
        verified.faults.append(f"{name} has {len(body)} bytes, not {size}")


def _texts() -> Iterator[StoredText]:
    """Yield the texts a hundred at a time: together they do not fit into memory."""
    latest = 0
    while found := list(StoredText.objects.filter(pk__gt=latest).order_by("pk")[:CHUNK]):
        yield from found
        latest = found[-1].pk
