"""Takes back what a curator just decided, where nobody has decided otherwise since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from clauses.acts.decide import bring_up_to_date, judge_stances
from clauses.acts.settle import settle_document
from clauses.models import Clause, State

DECIDED = ("type_id", "title", "slug", "state", "rejected_because", "significance", "assigned_to_id", "curated_at")

Decided = dict[str, Any]
"""What is decided of one clause, and its id as `pk`, as JSON values."""


def decided(clauses: Iterable[int]) -> list[Decided]:
    """Return what is decided of clauses as it is now, to be kept for `undo`."""
    rows = Clause.objects.filter(pk__in=clauses).order_by("pk").values("pk", *DECIDED)
    return [{name: _json(value) for name, value in row.items()} for row in rows]


@transaction.atomic
def undo(*, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Clause]:
    """Set clauses back to what was decided before. Raises ValidationError where one is not as it was left."""
    clauses = Clause.objects.select_for_update(no_key=True).in_bulk([row["pk"] for row in before])
    if decided(clauses) != [dict(row) for row in after] or not clauses:
        raise ValidationError("Somebody has decided otherwise since: nothing was taken back.")
    kept = list(clauses.values())
    reopened = {clause.document_id for clause in kept if clause.state == State.REJECTED}
    retyped = []
    for row in before:
        clause = clauses[row["pk"]]
        if clause.type_id != row["type_id"]:
            retyped.append(clause)
        for name in DECIDED:
            setattr(clause, name, _value(name, row[name]))
    Clause.objects.bulk_update(kept, [name.removesuffix("_id") for name in DECIDED])
    judge_stances(Clause.objects.filter(pk__in=[clause.pk for clause in retyped]).select_related("type"))
    for document_id in sorted(reopened):
        settle_document(document_id=document_id)  # while they were rejected nobody followed their words
    bring_up_to_date(kept)
    return kept


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "curated_at" and value else value
