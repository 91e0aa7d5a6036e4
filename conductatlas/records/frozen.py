"""Finds what a permanent address names: one revision of one record, as it was stored by value (rule 10).

A clause's revisions are its published analyses, a document's are its versions, a change record's are its revisions.
Pages, citations, printed records and bundles are renderings of the content and of nothing else; what has become of
the revision since (superseded, retracted, withdrawn) stands beside it, never in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Max
from django.http import Http404
from django.urls import reverse

from changes.find import refuse_hidden
from changes.models import ChangeRevision, RecordState
from clauses.models import Analysis, AnalysisState
from clauses.models.analysis import NUMBERED
from conductatlas.records.ids import RecordId
from platforms.models import VersionRecord


class Fate(StrEnum):
    """What has become of a revision since it was stored."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


@dataclass(frozen=True)
class Frozen:
    """One revision by value. `versions` are the ids of the versions whose words it holds, the newest last."""

    record: RecordId
    number: int
    content: bytes
    sha256: str
    stored_at: datetime
    fate: Fate
    latest: int
    versions: Sequence[int]
    reason: str = ""
    retracted_at: datetime | None = None

    @cached_property
    def value(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def name(self) -> str:
        """Return the revision as people cite it, such as CA-P-000123/v2."""
        return f"{self.record}/v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the permanent address of the revision."""
        return reverse("revision", args=[str(self.record), self.number])


def find_frozen(record: RecordId, number: int) -> Frozen:
    """Return one revision of a record.

    Raises Http404 where it was never issued, Hidden where the words it holds were taken down.
    """
    found = {"P": _analysis, "D": _version, "C": _change}[record.letter](record, number)
    if found is None:
        raise Http404(f"There is no revision {number} of a record {record} here.")
    refuse_hidden(list(found.versions))
    return found


def latest_number(record: RecordId) -> int | None:
    """Return the number of the newest revision of a record; None where it has none."""
    numbered = {
        "P": Analysis.objects.filter(clause=record.number, state__in=NUMBERED),
        "D": VersionRecord.objects.filter(version__document=record.number),
        "C": ChangeRevision.objects.filter(record=record.number),
    }[record.letter]
    number = "version__number" if record.letter == "D" else "number"
    found: int | None = numbered.aggregate(n=Max(number))["n"]
    return found


def _analysis(record: RecordId, number: int) -> Frozen | None:
    found = Analysis.objects.numbered().filter(clause=record.number, number=number).first()
    if found is None:
        return None
    fates = {AnalysisState.SUPERSEDED: Fate.SUPERSEDED, AnalysisState.RETRACTED: Fate.RETRACTED}
    assert found.published_at is not None  # held so by analysis_is_published_just_when_it_is_stored_by_value
    return Frozen(
        record=record,
        number=number,
        content=bytes(found.record or b""),
        sha256=bytes(found.sha256 or b"").hex(),
        stored_at=found.published_at,
        fate=fates.get(AnalysisState(found.state), Fate.STANDS),
        latest=latest_number(record) or number,
        versions=[found.version_id],
        reason=found.retraction_reason,
        retracted_at=found.retracted_at,
    )


def _version(record: RecordId, number: int) -> Frozen | None:
    kept = VersionRecord.objects.select_related("version__snapshot", "version__document__latest_version")
    found = kept.filter(version__document=record.number, version__number=number).first()
    if found is None:
        return None
    latest = found.version.document.latest_version
    return Frozen(
        record=record,
        number=number,
        content=bytes(found.content),
        sha256=bytes(found.sha256).hex(),
        stored_at=found.version.snapshot.recorded_at,
        fate=Fate.STANDS if latest is None or latest.pk == found.version_id else Fate.SUPERSEDED,
        latest=latest.number if latest is not None else number,
        versions=[found.version_id],
    )


def _change(record: RecordId, number: int) -> Frozen | None:
    found = ChangeRevision.objects.select_related("record").filter(record=record.number, number=number).first()
    if found is None:
        return None
    latest = latest_number(record) or number
    withdrawn = found.record.state == RecordState.WITHDRAWN
    return Frozen(
        record=record,
        number=number,
        content=bytes(found.content),
        sha256=bytes(found.sha256).hex(),
        stored_at=found.published_at,
        fate=Fate.RETRACTED if withdrawn else Fate.SUPERSEDED if latest > number else Fate.STANDS,
        latest=latest,
        versions=[found.record.before_id, found.record.version_id],
        reason=found.record.withdrawn_because,
        retracted_at=found.record.withdrawn_at,
    )
