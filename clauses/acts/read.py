"""Reads whatever this release has not read: the latest good version of each document first, then the earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from clauses.acts.read_versions import current_readings, read_versions
from clauses.acts.settle import settle, settle_document
from clauses.models import Clause
from platforms.acts.classify import classify_pending
from platforms.models import Document, Version

BATCH = 25
"""Versions read in one transaction."""


@dataclass
class Account:
    """What one run read."""

    versions: int = 0
    read: set[int] = field(default_factory=set)
    clauses: int = 0

    @property
    def documents(self) -> int:
        """Return how many documents had a version that was read."""
        return len(self.read)


def read(
    *,
    at: datetime,
    earlier: bool = True,
    progress: Callable[[str, int, int], None] = lambda label, done, total: None,
) -> Account:
    """Read the versions that wait. Stopped at any moment and run again it goes on where it was."""
    classify_pending(progress=lambda done, total: progress("documents classed", done, total))
    before = Clause.objects.count()
    account = Account()
    latest = [pk for pk in Document.objects.order_by("pk").values_list("latest_version", flat=True) if pk]
    _read(latest, "latest versions read", at, account, progress)
    settle(progress=lambda done, total: progress("platforms covered", done, total))
    if earlier:
        good = Version.objects.good().order_by("document_id", "-captured_at", "-source_order", "-number")
        _read(list(good.values_list("pk", flat=True)), "versions read", at, account, progress)
    account.clauses = Clause.objects.count() - before
    return account


def _read(
    versions: Sequence[int],
    label: str,
    at: datetime,
    account: Account,
    progress: Callable[[str, int, int], None],
) -> None:
    done_before = set(current_readings().values_list("version_id", flat=True))
    waiting = [pk for pk in versions if pk not in done_before]
    documents = dict(Version.objects.filter(pk__in=waiting).values_list("pk", "document_id"))
    by_document: dict[int, list[int]] = {}
    for pk in waiting:
        by_document.setdefault(documents[pk], []).append(pk)
    done = 0
    for document_id, pks in by_document.items():
        document = Document.objects.get(pk=document_id)
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            loaded = Version.objects.filter(pk__in=batch).select_related("text").in_bulk()
            with transaction.atomic():
                account.versions += read_versions(
                    document=document, versions=[loaded[pk] for pk in batch if pk in loaded], at=at
                )
                settle_document(document_id=document_id)
            done += len(batch)
            progress(label, done, len(waiting))
        account.read.add(document_id)
