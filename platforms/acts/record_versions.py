"""Records versions that arrived, with the snapshots they were extracted from. The one way in for evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from platforms.acts.seal_versions import seal_versions
from platforms.models import ClaimedKind, Document, Erasure, Method, Snapshot, StoredBytes, StoredText, Version


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
    final_url: str = ""
    http_status: int | None = None
    http_headers: dict[str, str] | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version on its way in. `body` is the exact bytes, in UTF-8 if they are a text.

    `text` is what was extracted from the bytes of a fetched page; None where the bytes are the text themselves.
    """

    document_id: int
    captured_at: datetime
    body: bytes = field(repr=False)
    extractor: str
    provenance: Provenance
    source_order: int = 0
    text: str | None = field(default=None, repr=False)


@transaction.atomic
def record_versions(arrivals: Sequence[Arrival], *, recorded_at: datetime) -> list[Version]:
    """Record versions in one transaction, numbering each document's in the order given.

    Bytes that are the UTF-8 of a text PostgreSQL can hold are stored as text, once; others are kept as bytes, and
    their version has no text (the classifier makes it suspect) unless one was extracted from them. What was lawfully
    erased is not taken in again: its arrival is left out.
    """
    arrivals = _not_erased(arrivals)
    latest = _lock_and_count({arrival.document_id for arrival in arrivals})
    extracted = [arrival.text.encode() for arrival in arrivals if arrival.text is not None]
    stored = _store([arrival.body for arrival in arrivals] + extracted)
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
                text_id=snapshot.text_id if arrival.text is None else _text_id(arrival.text, stored),
                extractor=arrival.extractor,
            )
        )
    created = Version.objects.bulk_create(versions)
    seal_versions([version.pk for version in created])
    return created


@transaction.atomic
def record_snapshot(arrival: Arrival, *, recorded_at: datetime) -> Snapshot:
    """Record bytes that make no version: those of a failed gate, and those kept once a month."""
    snapshot = _snapshot(arrival, _store([arrival.body]), recorded_at)
    snapshot.save(force_insert=True)
    return snapshot


@transaction.atomic
def record_extraction(*, of: Version, text: str, extractor: str) -> Version:
    """Record what another extractor takes from the snapshot of a version: a technical version right after it."""
    latest = _lock_and_count({of.document_id})
    created = Version.objects.create(
        document_id=of.document_id,
        number=latest[of.document_id] + 1,
        snapshot_id=of.snapshot_id,
        captured_at=of.captured_at,
        source_order=of.source_order + 1,
        text_id=_text_id(text, _store([text.encode()])),
        extractor=extractor,
    )
    seal_versions([created.pk])
    return created


def is_erased(*bodies: bytes) -> bool:
    """Tell whether one of these bodies was kept here once and lawfully erased."""
    hashes = [hashlib.sha256(body).digest() for body in bodies]
    texts, raws = StoredText.objects.filter(sha256__in=hashes), StoredBytes.objects.filter(sha256__in=hashes)
    return texts.exclude(erasure=None).exists() or raws.exclude(erasure=None).exists()


def _not_erased(arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    if not Erasure.objects.exists():
        return arrivals
    return [one for one in arrivals if not is_erased(one.body, (one.text or "").encode())]


def _lock_and_count(documents: set[int]) -> dict[int, int]:
    """Lock the documents, so that two processes cannot give one number twice; return the latest number of each."""
    list(Document.objects.filter(pk__in=documents).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return dict(
        Version.objects.filter(document__in=documents).values_list("document").annotate(latest=Max("number")).order_by()
    )


def _text_id(text: str, stored: dict[bytes, tuple[str, int]]) -> int:
    """Return the row of a stored text. Raises ValueError for one that PostgreSQL cannot hold."""
    column, pk = stored[hashlib.sha256(text.encode()).digest()]
    if column != "text_id":
        raise ValueError("a text holds NUL, which PostgreSQL cannot keep")
    return pk


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
        final_url=origin.final_url,
        http_status=origin.http_status,
        http_headers=origin.http_headers,
        region=origin.region,
        **{column: body_id},
    )


def _store(all_bodies: Iterable[bytes]) -> dict[bytes, tuple[str, int]]:
    """Store what is not stored yet; return for each hash the column of Snapshot and the row that hold its body."""
    bodies = {hashlib.sha256(body).digest(): body for body in all_bodies}
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
