"""Revisions to print: one of each kind of the demonstration, and one made of any words."""

from __future__ import annotations

from django.utils import timezone

from changes.models import ChangeRevision
from clauses.models import Analysis
from conductatlas.records.frozen import Fate, Frozen, find_frozen
from conductatlas.records.ids import RecordId
from platforms.models import VersionRecord
from platforms.published import canonical


def one_of_each() -> list[Frozen]:
    """Return a revision of a clause, of a change that quotes words, and of a document."""
    analysis = Analysis.objects.numbered().earliest("pk")
    change = max(ChangeRevision.objects.order_by("pk")[:20], key=lambda one: len(bytes(one.content)))
    version = VersionRecord.objects.select_related("version").earliest("pk")
    named = [
        (RecordId("P", analysis.clause_id), analysis.number or 0),
        (RecordId("C", change.record_id), change.number),
        (RecordId("D", version.version.document_id), version.version.number),
    ]
    return [find_frozen(record, number) for record, number in named]


def quotations(frozen: Frozen) -> list[str]:
    """Return the words that a record quotes."""
    value = frozen.value
    touched = [passage for touch in value.get("clauses", []) for passage in touch["passages"]]
    sides = [passage[side] for passage in touched for side in ("old", "new") if passage[side] is not None]
    return [passage["quotation"] for passage in [*value.get("passages", []), *sides]]


def change_of(words: str, *, fate: Fate = Fate.STANDS) -> Frozen:
    """Return a change record in which every name and quotation is these words."""
    version = {
        "number": 1,
        "captured_at": "2026-01-01T00:00:00Z",
        "extractor": words,
        "text_sha256": None,
        "raw_sha256": "0",
    }
    passage = {"start": 0, "end": len(words), "quotation": words}
    value = {
        "schema": "conductatlas.change/1",
        "id": "CA-C-000001",
        "revision": 1,
        "title": words,
        "platform": {"name": words, "operator": words, "slug": "x", "is_demonstration": False},
        "document": {"title": words, "id": "CA-D-00001", "slug": "x", "source_url": words},
        "window": {"after": "2026-01-01T00:00:00Z", "before": "2026-01-02T00:00:00Z", "after_is": "checked"},
        "nature": "substantive", "severity": "high", "direction": "people", "summary": words, "counts": {"words_added": 1},
        "before": version, "since": version, "made_by": words, "published_by": words,
        "published_at": "2026-01-02T00:00:00Z",
        "clauses": [
            {
                "id": "CA-P-000001", "type": {"slug": "x", "name": words}, "title": words, "touch": "added",
                "old_stance": None, "new_stance": "does", "severity": "low", "direction": "people",
                "clause_severity": {"level": "low", "from": "type"}, "passages": [{"old": None, "new": passage}],
            }
        ],
    }  # fmt: skip
    now = timezone.now()
    return Frozen(
        record=RecordId("C", 1), number=1, content=canonical(value), sha256="0" * 64, stored_at=now, fate=fate,
        latest=2, versions=[], reason=words, retracted_at=now,
    )  # fmt: skip
