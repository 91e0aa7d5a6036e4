"""Seals versions: stores each by value, once, so that what is cited of it stays as it is (rule 10)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection

from platforms.models import StoredText, Version, VersionRecord
from platforms.published import canonical, record_of

BATCH = 500


def seal_versions(versions: Collection[int]) -> None:
    """Store the records of these versions; one that has its record keeps it. Three queries."""
    found = (
        Version.objects.filter(pk__in=versions)
        .select_related("document__platform__operator", "snapshot__collection")
        .order_by("pk")
    )
    # A text may be a megabyte and is not needed here.
    texts = StoredText.objects.filter(versions__in=versions).defer("body").in_bulk()
    VersionRecord.objects.bulk_create([_sealed(version, texts) for version in found], ignore_conflicts=True)


def seal_pending(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Seal the versions that came before there was this act; return how many. May be stopped and run again."""
    waiting = list(Version.objects.filter(record=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(waiting), BATCH):
        seal_versions(waiting[start : start + BATCH])
        progress(min(start + BATCH, len(waiting)), len(waiting))
    return len(waiting)


def _sealed(version: Version, texts: dict[int, StoredText]) -> VersionRecord:
    content = canonical(record_of(version, texts.get(version.text_id) if version.text_id is not None else None))
    return VersionRecord(version=version, content=content, sha256=hashlib.sha256(content).digest())
