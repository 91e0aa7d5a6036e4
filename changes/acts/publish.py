"""Publishes change records as numbered revisions, stored by value, and takes them back (rule 10)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from changes.models import ChangeRecord, ChangeRevision, ClauseChange, Direction, RecordState
from changes.published import PASSING, record_of
from clauses.models import Severity
from platforms.published import canonical


class IncompleteRecord(Exception):
    """A change record cannot be published or withdrawn as it is; the message says what to do."""


@transaction.atomic
def publish_revision(
    *, record: ChangeRecord, touches: Sequence[ClauseChange], texts: tuple[str, str], at: datetime, by: User | None
) -> ChangeRevision | None:
    """Store the record as it stands as its next revision; None where nothing of it differs from the last one.

    `by` is the curator who answers for it, or None where the machine drafted it.
    """
    last = record.revisions.order_by("-number").first()
    number = last.number + 1 if last is not None else 1
    content = record_of(record, touches, texts, number=number, published_at=at, by=by)
    if last is not None and by is None and _lasting(json.loads(bytes(last.content))) == _lasting(content):
        return None
    stored = canonical(content)
    revision = ChangeRevision.objects.create(
        record=record,
        number=number,
        content=stored,
        sha256=hashlib.sha256(stored).digest(),
        published_at=at,
        published_by=by,
    )
    record.revision = revision
    record.save(update_fields=["revision"])
    return revision


@transaction.atomic
def revise(
    *, record: ChangeRecord, title: str, summary: str, severity: str, direction: str, by: User, at: datetime
) -> ChangeRevision:
    """Publish a record in a curator's words, whatever the machine drafted; facts and ranges stay as they were found.

    Raises IncompleteRecord where a part is empty or unknown.
    """
    record = ChangeRecord.objects.select_for_update(no_key=True, of=("self",)).get(pk=record.pk)
    if not title.strip() or not summary.strip():
        raise IncompleteRecord("A change record has a title and a summary.")
    if severity not in Severity.values or direction not in Direction.values:
        raise IncompleteRecord("Severity and direction are ones of the lists.")
    record.title, record.summary = title.strip(), summary.strip()
    record.severity, record.direction = severity, direction
    record.state, record.withdrawn_because, record.withdrawn_at = RecordState.PUBLISHED, "", None
    record.save(
        update_fields=["title", "summary", "severity", "direction", "state", "withdrawn_because", "withdrawn_at"]
    )
    revision = publish_revision(
        record=record, touches=list(record.clause_changes.select_related("clause__type")), texts=texts_of(record),
        at=at, by=by,
    )  # fmt: skip
    assert revision is not None  # a curator's publication is a revision even where nothing differs
    return revision


@transaction.atomic
def withdraw(*, record: ChangeRecord, reason: str, at: datetime) -> None:
    """Take a record out of lists, feeds and alerts, with a reason that readers see. Its revisions stay readable.

    Raises IncompleteRecord without a reason.
    """
    if not reason.strip():
        raise IncompleteRecord("A withdrawal gives a reason that readers see.")
    record = ChangeRecord.objects.select_for_update(no_key=True, of=("self",)).get(pk=record.pk)
    record.state, record.withdrawn_because, record.withdrawn_at = RecordState.WITHDRAWN, reason.strip(), at
    record.save(update_fields=["state", "withdrawn_because", "withdrawn_at"])


def texts_of(record: ChangeRecord) -> tuple[str, str]:
    """Return the texts before and since."""
    return record.before.body, record.version.body


def _lasting(content: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in content.items() if key not in PASSING}
