"""Imports a collection: every version of a repository that is not here yet, in order, in short transactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import connection

from platforms.acts.classify import classify_pending
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.acts.register import register_document, register_platform
from platforms.models import Collection, Document, Method, Platform, Snapshot
from platforms.sources.git import BlobReader, Repository, SourceError
from platforms.sources.open_terms_archive import Capture, Refused, captures

BATCH_VERSIONS = 400
BATCH_BYTES = 16_000_000
LARGEST = 32_000_000
"""Bytes; a larger file is refused by name."""

Progress = Callable[[str, int, int], None]


@dataclass
class Account:
    """What one import did."""

    commits: int = 0
    versions: int = 0
    known: int = 0
    documents: int = 0
    platforms: int = 0
    refused: list[Refused] = field(default_factory=list)
    deleted: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def import_collection(
    *, repository: Repository, collection: Collection, branch: str, at: datetime, progress: Progress
) -> Account:
    """Record each version that the collection does not have yet, then class the documents touched.

    Stopped at any moment and run again it goes on where it was: each batch is one transaction, and what is known is
    told by repository, commit and path. Raises SourceError when the source cannot be read, or when another import
    of the same collection is under way.
    """
    with _alone(collection):
        account = _record(repository, collection, branch, at, progress)
        classify_pending(progress=lambda done, total: progress("documents classed", done, total))
    return account


class _alone:  # noqa: N801 - reads as a phrase
    """Holds a session lock of PostgreSQL, so that two imports of one collection cannot both number its versions."""

    def __init__(self, collection: Collection) -> None:
        self.key = collection.pk

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(7001, %s)", [self.key])
            (taken,) = cursor.fetchone()
        if not taken:
            raise SourceError("another import of this collection is under way; wait for it to end, or stop it")

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(7001, %s)", [self.key])


def _record(repository: Repository, collection: Collection, branch: str, at: datetime, progress: Progress) -> Account:
    account = Account()
    known = _known(collection)
    registry = _Registry(collection, at)
    head = repository.head(branch)
    total = repository.count(head)
    batch: list[Arrival] = []
    size = 0
    with repository.blobs() as blobs:
        for capture in _captures(repository, head, collection, account):
            progress("commits read", account.commits, total)
            if (capture.repository, capture.commit, capture.path) in known:
                account.known += 1
                continue
            body = _body(blobs, capture, account)
            if body is None:
                continue
            batch.append(_arrival(capture, registry.document(capture), collection, body))
            account.kinds[capture.claimed_kind] += 1
            size += len(body)
            if len(batch) >= BATCH_VERSIONS or size >= BATCH_BYTES:
                account.versions += len(record_versions(batch, recorded_at=at))
                batch, size = [], 0
    if batch:
        account.versions += len(record_versions(batch, recorded_at=at))
    progress("commits read", total, total)
    account.documents, account.platforms = registry.new_documents, registry.new_platforms
    return account


def _captures(repository: Repository, head: str, collection: Collection, account: Account) -> Iterator[Capture]:
    orders = count(1)
    for commit in repository.commits(head):
        account.commits += 1
        account.deleted += len(commit.deleted)
        for capture in captures(commit, order=next(orders), collection=collection.name):
            if isinstance(capture, Refused):
                account.refused.append(capture)
            else:
                yield capture


def _body(blobs: BlobReader, capture: Capture, account: Account) -> bytes | None:
    body = blobs.read(capture.body_oid, limit=LARGEST)
    if isinstance(body, int):
        reason = f"has {body:,} bytes, more than the {LARGEST:,} taken: split it, or leave it out"
        account.refused.append(Refused(f"{capture.path} in {capture.commit[:12]}", reason))
        return None
    return body


def _arrival(capture: Capture, document_id: int, collection: Collection, body: bytes) -> Arrival:
    return Arrival(
        document_id=document_id,
        captured_at=capture.captured_at,
        body=body,
        extractor=f"{collection.name} {capture.engine}".strip(),
        provenance=Provenance(
            method=Method.IMPORTED,
            collection_id=collection.pk,
            repository=capture.repository,
            commit=capture.commit,
            path=capture.path,
            claimed_kind=capture.claimed_kind,
            claimed_url=capture.claimed_url,
        ),
        source_order=capture.order,
    )


def _known(collection: Collection) -> set[tuple[str, str, str]]:
    rows = Snapshot.objects.filter(collection=collection).values_list("repository", "commit", "path")
    return set(rows.iterator(chunk_size=5000))


class _Registry:
    """Remembers which document a path is, and counts those it had to make."""

    def __init__(self, collection: Collection, at: datetime) -> None:
        self.collection, self.at = collection, at
        self.platforms: dict[str, Platform] = {}
        self.documents = dict(Document.objects.filter(collection=collection).values_list("source_name", "pk"))
        self.new_platforms = self.new_documents = 0

    def document(self, capture: Capture) -> int:
        """Return the id of the capture's document, made when it is new."""
        found = self.documents.get(capture.path)
        if found is None:
            document = register_document(
                platform=self._platform(capture.service),
                name=capture.document,
                collection=self.collection,
                source_name=capture.path,
                at=self.at,
            )
            found = self.documents[capture.path] = document.pk
            self.new_documents += 1
        return found

    def _platform(self, service: str) -> Platform:
        if service not in self.platforms:
            before = Platform.objects.count()
            self.platforms[service] = register_platform(name=service, at=self.at)
            self.new_platforms += Platform.objects.count() - before
        return self.platforms[service]
