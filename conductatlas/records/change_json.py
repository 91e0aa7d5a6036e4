"""A change record for programs: what was published of it, the clauses with their words, and every hunk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from changes.limits import is_comparable
from changes.models import ChangeRecord
from changes.published import touch_record
from changes.text.compare import compare
from changes.text.rows import as_json
from conductatlas.records.json import document_part, platform_part, version_part


def change_record(change: ChangeRecord) -> dict[str, Any]:
    """Return a change record (found with its texts). Texts too large to be compared here have no hunks, but null."""
    old, new = change.before.body, change.version.body
    revision, path = change.revision, [change.document.platform.slug, change.document.slug]
    return {
        "id": change.record_id,
        "platform": platform_part(change.document),
        "document": document_part(change.document),
        "title": change.title,
        "summary": change.summary,
        "state": change.state,
        "withdrawn_because": change.withdrawn_because or None,
        "nature": change.nature,
        "severity": change.severity,
        "direction": change.direction,
        "window": {
            "after": _stamp(change.observed_after),
            "before": _stamp(change.observed_before),
            "after_is": change.window,
        },
        "counts": change.counts,
        "alternations": change.alternations,
        "last_alternated_at": _stamp(change.last_alternated_at) if change.last_alternated_at else None,
        "clauses": [
            touch_record(one, (old, new)) | {"type": one.clause.type.slug}
            for one in change.clause_changes.select_related("clause__type")
        ],
        "before": version_part(change.before, change.document),
        "since": version_part(change.version, change.document),
        "revision": {
            "number": revision.number,
            "published_at": _stamp(revision.published_at),
            "sha256": bytes(revision.sha256).hex(),
            "url": settings.SITE_URL + reverse("revision_json", args=[change.record_id, revision.number]),
        }
        if revision is not None
        else None,
        "comparison": as_json(compare(old, new)) if is_comparable(len(old) + len(new)) else None,
        "diff_url": settings.SITE_URL + reverse("diff", args=[*path, change.before.number, change.version.number]),
        "url": settings.SITE_URL + change.get_absolute_url(),
    }


def _stamp(when: Any) -> str:
    return str(when.isoformat().replace("+00:00", "Z"))
