"""Computes the order in which the proposals of a document wait. Derived; runs whenever the document is settled."""

from __future__ import annotations

from django.db import connection

from clauses.models import Clause, State
from clauses.priority import priority_of

_UPDATE = """
UPDATE clauses_clause c SET priority = n.priority
FROM unnest(%s::bigint[], %s::integer[]) AS n(id, priority) WHERE c.id = n.id
"""


def prioritise_document(*, document_id: int) -> int:
    """Compute the priority of each proposal of a document again; return how many changed."""
    of_document = Clause.objects.filter(document=document_id)
    is_begun = of_document.filter(state=State.PUBLISHED).exists()
    rows = of_document.filter(state=State.PROPOSED).values_list(
        "pk", "priority", "type__explanation__severity", "type__explanation__points", "found_stance", "quoted__score"
    )
    changed = {}
    for pk, before, severity, points, stance, score in rows:
        priority = priority_of(
            severity=severity or "",
            reach=(points or {}).get("reach", 0),
            stance=stance,
            score=score or 0,
            is_begun=is_begun,
        )
        if priority != before:
            changed[pk] = priority
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(changed), list(changed.values())])
    return len(changed)
