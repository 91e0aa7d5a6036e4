"""Recomputes every hash of the evidence from the stored bodies, in Python, not trusting the database's own checks.

The work is cut into parts, each a range of rows of one kind, which any process can do alone; who runs them and keeps
their results is conductatlas.verification.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from platforms.models import Method, Snapshot, StoredBytes, StoredText, Version, VersionRecord

LARGEST_PART = 24_000_000
"""Bytes of bodies in a part."""
MOST_ROWS = 2000
"""Rows in a part of another kind."""


@dataclass
class Verified:
    """What was recomputed, and each thing that did not hold, in words."""

    texts: int = 0
    snapshots: int = 0
    versions: int = 0
    passages: int = 0
    records: int = 0
    size: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind, by the ids of the first and the last; `size` is in bytes, as far as it is known."""

    kind: str
    first: int
    last: int
    size: int = 0


Beside = Callable[[Mapping[int, str], Verified], None]
"""What a layer above recomputes of texts while they are at hand, by their ids."""


def parts() -> Iterator[Part]:
    """Cut all evidence of this layer into parts, bodies first."""
    yield from _by_size("texts", StoredText.objects.order_by("pk").values_list("pk", "size").iterator(chunk_size=5000))
    yield from _by_size("bytes", StoredBytes.objects.order_by("pk").values_list("pk", "size").iterator(chunk_size=5000))
    for kind, model in (("snapshots", Snapshot), ("versions", Version), ("records", VersionRecord)):
        yield from by_rows(kind, list(model._default_manager.order_by("pk").values_list("pk", flat=True)))


def by_rows(kind: str, ids: Sequence[int]) -> Iterator[Part]:
    """Cut rows of a kind into parts of as many rows."""
    for start in range(0, len(ids), MOST_ROWS):
        run = ids[start : start + MOST_ROWS]
        yield Part(kind, run[0], run[-1])


def _by_size(kind: str, rows: Iterator[tuple[int, int]]) -> Iterator[Part]:
    first, last, total = 0, 0, 0
    for pk, size in rows:
        if total and total + size > LARGEST_PART:
            yield Part(kind, first, last, total)
            total = 0
        first = first if total else pk
        last, total = pk, total + max(size, 1)
    if total:
        yield Part(kind, first, last, total)


def verify_texts(part: Part, verified: Verified, beside: Beside) -> None:
    """Recompute hash, size and length of texts, and what stands upon them."""
    columns = ["int8", "bytea", "int4", "int4", "bytea"]
    bodies: dict[int, str] = {}
    for pk, sha256, size, length, body in _rows("id, sha256, size, length, convert_to(body, 'UTF8')", part, columns):
        _compare(verified, f"text {pk}", body, sha256, size)
        bodies[pk] = body.decode()
        if len(bodies[pk]) != length:
            verified.faults.append(f"text {pk} has {len(bodies[pk])} characters, not {length}")
        verified.texts += 1
    beside(bodies, verified)


def verify_bytes(part: Part, verified: Verified) -> None:
    """Recompute hash and size of stored bytes."""
    for pk, sha256, size, body in _rows("id, sha256, size, body", part, ["int8", "bytea", "int4", "bytea"]):
        _compare(verified, f"bytes {pk}", body, sha256, size)
        verified.texts += 1


def verify_snapshots(part: Part, verified: Verified) -> None:
    """Compare each snapshot with the body that it names."""
    rows = Snapshot.objects.filter(pk__range=(part.first, part.last))
    for pk, sha256, text_hash, raw_hash in rows.values_list("pk", "sha256", "text__sha256", "raw__sha256"):
        body = text_hash if text_hash is not None else raw_hash
        if body is None or bytes(body) != bytes(sha256):
            verified.faults.append(f"snapshot {pk} has not the hash of its body")
        verified.snapshots += 1


def verify_versions(part: Part, verified: Verified) -> None:
    """Compare each version with its snapshot."""
    rows = Version.objects.filter(pk__range=(part.first, part.last))
    for pk, text, whole, method in rows.values_list("pk", "text_id", "snapshot__text_id", "snapshot__method"):
        # The text of a fetched page was extracted from its bytes; elsewhere the bytes are the text.
        if text != whole and method != Method.FETCHED:
            verified.faults.append(f"version {pk} has not the text of its snapshot")
        verified.versions += 1


def verify_records(part: Part, verified: Verified) -> None:
    """Recompute the hash of the records of versions, and compare the hashes in them with those of the bodies."""
    rows = VersionRecord.objects.filter(version_id__gte=part.first, version_id__lte=part.last).values_list(
        "pk", "content", "sha256", "version__text__sha256", "version__snapshot__sha256"
    )
    for pk, content, sha256, text, raw in rows:
        verify_record(f"the record of version {pk}", content, sha256, verified)
        named = json.loads(bytes(content))["version"]
        there = (bytes(text).hex() if text is not None else None, bytes(raw).hex())
        if (named["text_sha256"], named["raw_sha256"]) != there:
            verified.faults.append(f"the record of version {pk} names other hashes than the version has")


def erased() -> int:
    """Return how many bodies were lawfully erased: their hashes stay, and nothing is left to recompute them from."""
    return sum(body._default_manager.exclude(erasure=None).count() for body in (StoredText, StoredBytes))


def verify_record(name: str, content: Any, sha256: Any, verified: Verified) -> None:
    """Recompute the hash of what is stored by value."""
    _compare(verified, name, bytes(content), bytes(sha256), len(content))
    verified.records += 1


def _rows(columns: str, part: Part, types: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield rows as PostgreSQL sends them in binary: bodies are neither escaped nor decoded on the way."""
    table = {"texts": "platforms_storedtext", "bytes": "platforms_storedbytes"}[part.kind]
    where = f"id BETWEEN {int(part.first)} AND {int(part.last)} AND erasure_id IS NULL"
    query = f"COPY (SELECT {columns} FROM {table} WHERE {where} ORDER BY id) TO STDOUT (FORMAT BINARY)"  # noqa: S608 - numbers and names of our own; COPY takes no parameters
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(types)
        yield from copy.rows()


def _compare(verified: Verified, name: str, body: bytes, sha256: bytes, size: int) -> None:
    verified.size += len(body)
    if hashlib.sha256(body).digest() != sha256:
        verified.faults.append(f"{name} has not the hash it claims")
    if len(body) != size:
        verified.faults.append(f"{name} has {len(body)} bytes, not {size}")
