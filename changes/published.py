"""What a published change record is, by value: the record that is hashed and kept (rule 10). No host is in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from changes.models import ChangeRecord, ClauseChange
from clauses.published import byline
from platforms.published import document_record, stamp, version_record

SCHEMA = "conductatlas.change/1"
PASSING = ("revision", "published_at", "published_by")
"""What two revisions of the same content may differ in."""


def record_of(
    change: ChangeRecord,
    touches: Sequence[ClauseChange],
    texts: tuple[str, str],
    *,
    number: int,
    published_at: datetime,
    by: User | None,
) -> dict[str, Any]:
    """Return a change record with all that it names, as JSON values; `texts` are those before and since."""
    return {
        "schema": SCHEMA,
        "id": change.record_id,
        "revision": number,
        "title": change.title,
        **document_record(change.document),
        "window": {
            "after": stamp(change.observed_after),
            "before": stamp(change.observed_before),
            "after_is": change.window,
        },
        "nature": change.nature,
        "severity": change.severity,
        "direction": change.direction,
        "summary": change.summary,
        "counts": change.counts,
        "before": version_record(change.before),
        "since": version_record(change.version),
        "clauses": [touch_record(one, texts) for one in touches],
        "made_by": change.release,
        "published_by": byline(by) if by is not None else "machine",
        "published_at": stamp(published_at),
    }  # fmt: skip


def touch_record(one: ClauseChange, texts: tuple[str, str]) -> dict[str, Any]:
    """Return what a change did to one clause, with its words cut from the texts before and since."""
    return {
        "id": one.clause.record_id,
        "type": {"slug": one.clause.type.slug, "name": one.clause.type.name},
        "title": one.clause.title,
        "touch": one.touch,
        "old_stance": one.old_stance or None,
        "new_stance": one.new_stance or None,
        "severity": one.severity,
        "direction": one.direction,
        "clause_severity": {"level": one.clause_severity, "from": one.weight},
        "passages": [
            {"old": _words(texts[0], passage["old"]), "new": _words(texts[1], passage["new"])}
            for passage in one.passages
        ],
    }


def _words(text: str, span: list[int] | None) -> dict[str, Any] | None:
    if span is None:
        return None
    start, end = span
    return {"start": start, "end": end, "quotation": text[start:end]}
