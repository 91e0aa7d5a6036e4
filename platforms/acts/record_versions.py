"""Records versions that arrived, with the snapshots they were extracted from. The one way in for evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from platforms.models import ClaimedKind, Document, Method, Snapshot, StoredBytes, StoredText, Version


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a snapshot comes from; the fields of Snapshot of the same names."""

    method: Method
    collection_id: int | None = None
    repository: str = ""
    commit: str = ""
    path: str = ""
    claimed_kind: str = ClaimedKind.NONE
    claimed_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version on its way in. `body` is the exact bytes, in UTF-8 if they are a text."""

    document_id: int
    captured_at: datetime
    body: bytes = field(repr=False)
    extractor: str
    provenance: Provenance
    source_order: int = 0


@transaction.atomic
def record_versions(arrivals: Sequence[Arrival], *, recorded_at: datetime) -> list[Version]:
    """Record versions in one transaction, numbering each document's in the order given.

    Bytes that are the UTF-8 of a text PostgreSQL can hold are stored as text, once; others are kept as bytes, and
    their version has no text (the classifier makes it suspect).
    """
    documents = {arrival.document_id for arrival in arrivals}
    # Lock first, so that two processes cannot give one number twice.
    list(Document.objects.filter(pk__in=documents).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    latest = dict(
        Version.objects.filter(document__in=documents).values_list("document").annotate(latest=Max("number")).order_by()
    )
    bodies = {hashlib.sha256(arrival.body).digest(): arrival.body for arrival in arrivals}
    stored = _store(bodies)
    snapshots = Snapshot.objects.bulk_create([_snapshot(arrival, stored, recorded_at) for arrival in arrivals])
    versions = []
    for arrival, snapshot in zip(arrivals, snapshots, strict=True):
        number = latest[arrival.document_id] = latest.get(arrival.document_id, 0) + 1
        versions.append(
            Version(
                document_id=arrival.document_id,
                number=number,
                snapshot=snapshot,
                captured_at=arrival.captured_at,
                source_order=arrival.source_order,
                text_id=snapshot.text_id,
                extractor=arrival.extractor,
            )
        )
    return Version.objects.bulk_create(versions)


def _snapshot(arrival: Arrival, stored: dict[bytes, tuple[str, int]], recorded_at: datetime) -> Snapshot:
    sha256 = hashlib.sha256(arrival.body).digest()
    column, body_id = stored[sha256]
    origin = arrival.provenance
    return Snapshot(
        document_id=arrival.document_id,
        method=origin.method,
        captured_at=arrival.captured_at,
        recorded_at=recorded_at,
        sha256=sha256,
        size=len(arrival.body),
        collection_id=origin.collection_id,
        repository=origin.repository,
        commit=origin.commit,
        path=origin.path,
        claimed_kind=origin.claimed_kind,
        claimed_url=origin.claimed_url,
        url=origin.url,
        **{column: body_id},
    )


def _store(bodies: dict[bytes, bytes]) -> dict[bytes, tuple[str, int]]:
    """Store what is not stored yet; return for each hash the column of Snapshot and the row that hold its body."""
    stored = _known("text_id", StoredText, bodies) | _known("raw_id", StoredBytes, bodies)
    new = {sha256: body for sha256, body in bodies.items() if sha256 not in stored}
    texts, raws = [], []
    for sha256, body in new.items():
        text = text_of(body)
        if text is None:
            raws.append((sha256, len(body), body))
        else:
            texts.append((sha256, len(body), len(text), text))
    with connection.cursor() as cursor:
        # Another process may store the same text at the same time: whoever comes second finds it there.
        if texts:
            cursor.executemany(
                "INSERT INTO platforms_storedtext (sha256, size, length, body) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (sha256) DO NOTHING",
                texts,
            )
        if raws:
            cursor.executemany(
                "INSERT INTO platforms_storedbytes (sha256, size, body) VALUES (%s, %s, %s)"
                " ON CONFLICT (sha256) DO NOTHING",
                raws,
            )
    return stored | _known("text_id", StoredText, new) | _known("raw_id", StoredBytes, new)


def _known(
    column: str, model: type[StoredText] | type[StoredBytes], hashes: Iterable[bytes]
) -> dict[bytes, tuple[str, int]]:
    rows = model._default_manager.filter(sha256__in=list(hashes)).values_list("sha256", "pk")
    return {bytes(sha256): (column, pk) for sha256, pk in rows}


def text_of(body: bytes) -> str | None:
    """Return the text whose UTF-8 the bytes are, byte order mark included; None if PostgreSQL cannot hold it."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
