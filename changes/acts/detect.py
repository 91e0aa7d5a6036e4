"""Makes a change record of each version that changed terms, and keeps the records true when what is beneath changes.

Derived work: it may be stopped at any moment and run again. Ids, and whatever a curator wrote, outlive it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from changes.acts.compare_versions import compare_versions
from changes.acts.publish import publish_revision, withdraw
from changes.models import ChangeRecord, ClauseChange, RecordState
from changes.rules import RULES_RELEASE
from changes.text.compare import COMPARISON_RELEASE
from clauses.acts.load_taxonomy import taxonomy_release
from clauses.acts.read_versions import current_readings
from clauses.text.classify import READER_RELEASE
from platforms.models import Document, Version
from platforms.models.version import VersionQuerySet

RECLASSED = "On a second look the version brings no change of terms: "
"""How the machine's own reason for withdrawing a record begins."""
CURATED = ("title", "summary", "severity", "direction")
"""What a curator may say otherwise than the machine."""


@dataclass
class Account:
    """What one run did."""

    documents: int = 0
    made: int = 0
    renewed: int = 0
    withdrawn: int = 0


def made_with() -> str:
    """Return the releases that a record made now depends on."""
    return f"{RULES_RELEASE}, {COMPARISON_RELEASE}, {READER_RELEASE}, {taxonomy_release()}"


def detect(
    *,
    at: datetime,
    documents: QuerySet[Document] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Account:
    """Bring the change records up to date, of all documents or of some; each document is one transaction.

    A version waits until it and the one before it were read by the current release.
    """
    account = Account()
    waiting = set(awaiting().values_list("document_id", flat=True)) | set(
        _stale().values_list("document_id", flat=True)
    )
    if documents is not None:
        waiting &= set(documents.values_list("pk", flat=True))
    for done, document_id in enumerate(sorted(waiting), start=1):
        _detect_document(document_id, at, account)
        account.documents += 1
        progress(done, len(waiting))
    return account


def awaiting() -> VersionQuerySet:
    """Return the versions that changed terms, were read with the one before, and have no record of this release."""
    current = ChangeRecord.objects.filter(
        version=OuterRef("pk"), before=OuterRef("version_class__compared_with"), release=made_with()
    ).exclude(state=RecordState.WITHDRAWN)
    settled = ChangeRecord.objects.filter(version=OuterRef("pk"), state=RecordState.WITHDRAWN).exclude(
        withdrawn_because__startswith=RECLASSED
    )
    return (
        Version.objects.good()
        .changing_terms()
        .filter(
            Exists(current_readings().filter(version=OuterRef("pk"))),
            Exists(current_readings().filter(version=OuterRef("version_class__compared_with"))),
        )
        .exclude(Exists(current))
        .exclude(Exists(settled))
    )


def _stale() -> QuerySet[ChangeRecord]:
    """Return records whose version is no change of terms any more."""
    changing = Version.objects.good().changing_terms().filter(pk=OuterRef("version"))
    return ChangeRecord.objects.exclude(state=RecordState.WITHDRAWN).filter(
        ~Exists(changing), version__takedowns=None, before__takedowns=None
    )


@transaction.atomic
def _detect_document(document_id: int, at: datetime, account: Account) -> None:
    document = (
        Document.objects.select_for_update(no_key=True, of=("self",))
        .select_related("platform__operator")
        .get(pk=document_id)
    )
    for record in _stale().filter(document=document).select_related("version__version_class"):
        kind = record.version.version_class.get_kind_display().lower()
        withdraw(record=record, reason=f"{RECLASSED}it is classed as {kind} now.", at=at)
        account.withdrawn += 1
    versions = awaiting().filter(document=document).in_order().select_related(
        "text", "snapshot", "version_class__compared_with__text", "version_class__compared_with__snapshot",
        "version_class__returns_to",
    )  # fmt: skip
    for version in versions.iterator(chunk_size=10):
        _record(document, version, at, account)
    _fold_flaps(document)


def _record(document: Document, version: Version, at: datetime, account: Account) -> None:
    before = version.version_class.compared_with
    assert before is not None  # only the first good version is compared with none, and it changes nothing
    known = ChangeRecord.objects.filter(version=version).first()
    found = compare_versions(document=document, before=before, version=version)
    record = known if known is not None else ChangeRecord(version=version, document=document)
    record.before, record.release, record.detected_at = before, made_with(), at
    for name, value in found.facts.items():
        if record.state != RecordState.PUBLISHED or name not in CURATED:  # what a curator wrote stays
            setattr(record, name, value)
    if record.state == RecordState.WITHDRAWN:  # by the machine; a curator's withdrawal does not come here
        record.state, record.withdrawn_because, record.withdrawn_at = RecordState.DRAFTED, "", None
    record.save()
    ClauseChange.objects.filter(record=record).delete()
    for touch in found.touches:
        touch.record = record
    ClauseChange.objects.bulk_create(found.touches)
    record.document, record.version = document, version
    publish_revision(record=record, touches=found.touches, texts=found.texts, at=at, by=None)
    account.made += known is None
    account.renewed += known is not None


def _fold_flaps(document: Document) -> None:
    """Count the flaps that follow each record into it (rule 6)."""
    records = list(ChangeRecord.objects.filter(document=document).exclude(state=RecordState.WITHDRAWN))
    by_version = {record.version_id: record for record in records}
    counts: dict[int, tuple[int, datetime | None]] = {record.pk: (0, None) for record in records}
    current: ChangeRecord | None = None
    rows = Version.objects.filter(document=document).good().in_order()
    for pk, kind, captured_at in rows.values_list("pk", "version_class__kind", "captured_at"):
        current = by_version.get(pk, current)
        if kind == "flap" and current is not None:
            counts[current.pk] = counts[current.pk][0] + 1, captured_at
    for record in records:
        alternations, last = counts[record.pk]
        if (record.alternations, record.last_alternated_at) != (alternations, last):
            record.alternations, record.last_alternated_at = alternations, last
            record.save(update_fields=["alternations", "last_alternated_at"])
