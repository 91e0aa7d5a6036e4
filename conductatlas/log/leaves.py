"""What the log is of: for each kind, what waits for its leaf, and what the leaf says. No leaf names a person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet

from changes.models import ChangeRevision
from clauses.models import Analysis
from conductatlas.log.models import LeafKind, LogKey, LogLeaf
from conductatlas.log.note import fingerprint
from conductatlas.records.ids import RecordId
from platforms.models import Erasure, Snapshot, Takedown, VersionRecord
from platforms.published import canonical, stamp

SCHEMA = "conductatlas.leaf/1"
Facts = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of leaf: what can have one, when it was recorded, and what is said of it (by primary key)."""

    name: LeafKind
    subjects: Callable[[], QuerySet[Any]]
    recorded: str
    facts: Callable[[QuerySet[Any]], dict[int, Facts]]

    def waiting(self) -> QuerySet[Any]:
        """Return what has no leaf yet."""
        leaves = LogLeaf.objects.filter(kind=self.name, subject=OuterRef("pk"))
        return self.subjects().filter(~Exists(leaves))

    def contents(self, subjects: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        """Return the content of each leaf, and the hash that it is about."""
        found = self.facts(self.subjects().filter(pk__in=subjects))
        return {
            pk: (canonical({"schema": SCHEMA, "kind": str(self.name), **facts}), bytes.fromhex(facts["sha256"]))
            for pk, facts in found.items()
        }


def _about(letter: str, of: int, number: int, sha256: Any, size: int, recorded_at: datetime | None) -> Facts:
    return {
        "id": str(RecordId(letter, of)),
        "number": number,
        "sha256": bytes(sha256).hex(),
        "size": size,
        "recorded_at": stamp(recorded_at),
    }


def _snapshots(rows: QuerySet[Snapshot]) -> dict[int, Facts]:
    named = rows.values_list("pk", "document", "sha256", "size", "recorded_at")
    return {pk: _about("D", document, pk, sha256, size, at) for pk, document, sha256, size, at in named}


def _versions(rows: QuerySet[VersionRecord]) -> dict[int, Facts]:
    """Say of a version the hash of its record, of its text, and of the bytes that it was extracted from."""
    found = {}
    for pk, document, number, sha256, size, recorded_at, raw, text, length in rows.annotate(
        size=_octets("content")
    ).values_list(
        "pk", "version__document", "version__number", "sha256", "size", "version__snapshot__recorded_at",
        "version__snapshot__sha256", "version__text__sha256", "version__text__size",
    ):  # fmt: skip
        facts = _about("D", document, number, sha256, size, recorded_at)
        facts["bytes_sha256"] = bytes(raw).hex()
        facts["text"] = {"sha256": bytes(text).hex(), "size": length} if text is not None else None
        found[pk] = facts
    return found


def _analyses(rows: QuerySet[Analysis]) -> dict[int, Facts]:
    named = rows.annotate(size=_octets("record")).values_list(
        "pk", "clause", "number", "sha256", "size", "published_at"
    )
    return {pk: _about("P", *rest) for pk, *rest in named}


def _changes(rows: QuerySet[ChangeRevision]) -> dict[int, Facts]:
    named = rows.annotate(size=_octets("content")).values_list(
        "pk", "record", "number", "sha256", "size", "published_at"
    )
    return {pk: _about("C", *rest) for pk, *rest in named}


def _takedowns(rows: QuerySet[Takedown]) -> dict[int, Facts]:
    """Say which version was hidden and when; the hash is of the public reason as it was then."""
    found = {}
    for row in rows.select_related("version"):
        reason = row.public_reason.encode()
        sha256 = hashlib.sha256(reason).digest()
        version = row.version
        found[row.pk] = _about("D", version.document_id, version.number, sha256, len(reason), row.decided_at)
    return found


def _erasures(rows: QuerySet[Erasure]) -> dict[int, Facts]:
    """Say which version an erasure was ordered for; the hash is of its record, which names every hash erased."""
    found = {}
    for row in rows.select_related("version"):
        content, version = bytes(row.content), row.version
        found[row.pk] = _about("D", version.document_id, version.number, row.sha256, len(content), row.erased_at)
        found[row.pk]["erasure"] = row.pk
    return found


def _keys(rows: QuerySet[LogKey]) -> dict[int, Facts]:
    found = {}
    for row in rows:
        statement = row.statement.encode()
        found[row.pk] = {
            "id": fingerprint(bytes(row.public)),
            "number": row.pk,
            "sha256": hashlib.sha256(statement).hexdigest(),
            "size": len(statement),
            "recorded_at": stamp(row.since),
        }
    return found


def _octets(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=IntegerField())


KINDS = (
    Kind(LeafKind.KEY, LogKey.objects.all, "since", _keys),
    Kind(LeafKind.SNAPSHOT, Snapshot.objects.all, "recorded_at", _snapshots),
    Kind(LeafKind.VERSION, VersionRecord.objects.all, "version__snapshot__recorded_at", _versions),
    Kind(LeafKind.ANALYSIS, Analysis.objects.numbered, "published_at", _analyses),
    Kind(LeafKind.CHANGE, ChangeRevision.objects.all, "published_at", _changes),
    Kind(LeafKind.TAKEDOWN, Takedown.objects.all, "decided_at", _takedowns),
    Kind(LeafKind.ERASURE, Erasure.objects.all, "erased_at", _erasures),
)
"""In the order in which leaves of one time stand."""
