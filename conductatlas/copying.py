"""Copies a generated platform under another name, in bulk: how many clauses soon are there for a measurement.

A copy has documents, versions and clauses of its own over the same stored texts. What was derived is copied with them,
so that nothing has to be read twice; PostgreSQL checks every passage of a copy as it does any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from clauses.models import Clause, Coverage, Derivation, Passage, Provision, Reading
from platforms.models import Check, Document, Platform, Snapshot, Version, VersionClass

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Original:
    """All that is kept of one platform, loaded once."""

    platform: Platform
    documents: list[Document]
    snapshots: list[Snapshot]
    versions: list[Version]
    classes: list[VersionClass]
    readings: list[Reading]
    derivations: list[Derivation]
    checks: list[Check]
    clauses: list[Clause]
    provisions: list[Provision]
    passages: list[Passage]
    coverage: list[Coverage]


def original(platform: Platform) -> Original:
    """Load what is kept of a platform."""
    of_clause = {"clause__document__platform": platform}
    return Original(
        platform,
        list(Document.objects.filter(platform=platform).order_by("pk")),
        list(Snapshot.objects.filter(document__platform=platform).order_by("pk")),
        list(Version.objects.filter(document__platform=platform).order_by("pk")),
        list(VersionClass.objects.filter(version__document__platform=platform)),
        list(Reading.objects.filter(version__document__platform=platform)),
        list(Derivation.objects.filter(document__platform=platform)),
        list(Check.objects.filter(document__platform=platform)),
        list(Clause.objects.filter(document__platform=platform).order_by("pk")),
        list(Provision.objects.filter(**of_clause).order_by("pk")),
        list(Passage.objects.filter(**{f"provision__{name}": value for name, value in of_clause.items()})),
        list(Coverage.objects.filter(platform=platform)),
    )


@transaction.atomic
def copy(of: Original, *, slug: str, name: str) -> int:
    """Make a copy of a platform; return how many clauses that brought."""
    platform = _copy(of.platform, slug=slug, name=name)
    platform.save()
    documents = _made(of.documents, (_copy(d, platform_id=platform.pk, latest_version_id=None) for d in of.documents))
    snapshots = _made(of.snapshots, (_copy(s, document_id=documents[s.document_id]) for s in of.snapshots))
    versions = _made(
        of.versions,
        (_copy(v, document_id=documents[v.document_id], snapshot_id=snapshots[v.snapshot_id]) for v in of.versions),
    )
    VersionClass.objects.bulk_create(
        _with(one, versions, "version", "compared_with", "returns_to") for one in of.classes
    )
    Reading.objects.bulk_create(_with(one, versions, "version") for one in of.readings)
    Check.objects.bulk_create(_copy(c, document_id=documents[c.document_id], snapshot_id=None) for c in of.checks)
    seen = ("first_seen", "last_seen", "gone_since")
    clauses = _made(
        of.clauses,
        (_copy(_with(c, versions, *seen), document_id=documents[c.document_id], quoted_id=None) for c in of.clauses),
    )
    provisions = _made(of.provisions, (_copy(p, clause_id=clauses[p.clause_id]) for p in of.provisions))
    Passage.objects.bulk_create(
        _copy(p, provision_id=provisions[p.provision_id], version_id=versions[p.version_id]) for p in of.passages
    )
    Derivation.objects.bulk_create(
        _copy(_with(d, versions, "latest"), document_id=documents[d.document_id]) for d in of.derivations
    )
    Coverage.objects.bulk_create(_copy(_with(c, clauses, "clause"), platform_id=platform.pk) for c in of.coverage)
    _point("clauses_clause", "quoted_id", {clauses[c.pk]: provisions.get(c.quoted_id or 0) for c in of.clauses})
    latest = {documents[d.pk]: versions.get(d.latest_version_id or 0) for d in of.documents}
    _point("platforms_document", "latest_version_id", latest)
    return len(clauses)


def _copy(row: Row, **other: Any) -> Row:
    """Return an unsaved copy of a row with other values in some columns; a key that counts is left to the database."""
    fields = row._meta.concrete_fields
    values = {f.attname: getattr(row, f.attname) for f in fields if not f.primary_key or f.remote_field is not None}
    return type(row)(**{**values, **other})


def _with(row: Row, keys: dict[int, int], *names: str) -> Row:
    """Return a copy of a row that names the copies of what it named."""
    return _copy(row, **{f"{name}_id": keys.get(getattr(row, f"{name}_id") or 0) for name in names})


def _made(originals: list[Row], copies: Iterable[Row]) -> dict[int, int]:
    """Store copies; return the new key by the old one."""
    rows = list(copies)
    made = type(originals[0])._default_manager.bulk_create(rows) if originals else []
    return {old.pk: new.pk for old, new in zip(originals, made, strict=True)}


def _point(table: str, column: str, wanted: dict[int, int | None]) -> None:
    """Set a column of rows, by their keys, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {column} = n.value FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, value)"  # noqa: S608
            " WHERE t.id = n.id",
            [list(wanted), list(wanted.values())],
        )
