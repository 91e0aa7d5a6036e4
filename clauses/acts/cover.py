"""Keeps coverage: what is known of each platform and type, on each basis (rule 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from clauses.acts.read_versions import SUPPORTED_LANGUAGES, current_readings
from clauses.models import Basis, Clause, ClauseType, Coverage, CoverageState, Stance, State
from clauses.text.precedence import PRECEDENCE
from platforms.models import Document

STATES_OF_BASIS = {Basis.MACHINE: [State.PROPOSED, State.PUBLISHED], Basis.PUBLISHED: [State.PUBLISHED]}
"""What the reader found counts as machine-found whether a curator has written about it or not."""


@transaction.atomic
def cover_platform(*, platform_id: int) -> None:
    """Recompute all coverage rows of one platform; the lock comes first, so that two writers cannot mix."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7002, %s)", [platform_id])
    read = _documents_read(platform_id)
    types = list(ClauseType.objects.all())
    standing = list(Clause.objects.filter(document__platform_id=platform_id).standing_now())
    rows = []
    for basis, states in STATES_OF_BASIS.items():
        by_type: dict[int, list[Clause]] = defaultdict(list)
        for clause in standing:
            if clause.state in states:
                by_type[clause.type_id].append(clause)
        for clause_type in types:
            documents = {pk for pk, group in read if group in clause_type.kind_groups}
            found = [clause for clause in by_type[clause_type.pk] if clause.document_id in documents]
            rows.append(_row(platform_id, clause_type, basis, len(documents), found))
    Coverage.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["platform", "type", "basis"],
        update_fields=["state", "has_conflict", "clauses", "clause", "documents_read"],
    )


def _documents_read(platform_id: int) -> list[tuple[int, str]]:
    """Return the documents whose latest good version was read by the current release, with the group of their kind."""
    readings = current_readings()
    documents: Iterable[Document] = Document.objects.filter(
        platform_id=platform_id,
        retired_at=None,
        language__in=SUPPORTED_LANGUAGES,
        latest_version__in=readings.values("version"),
    )
    return [(document.pk, document.kind_group.value) for document in documents]


def _row(platform_id: int, clause_type: ClauseType, basis: str, documents: int, found: list[Clause]) -> Coverage:
    """Return one row: a machine-found figure has the reader's stance, a published one the curator's."""

    def stance(clause: Clause) -> Stance:
        return Stance(clause.found_stance if basis == Basis.MACHINE else clause.stance)

    decides = min(found, key=lambda clause: (PRECEDENCE.index(stance(clause)), clause.pk), default=None)
    state = CoverageState.UNREAD
    if documents:
        state = CoverageState(stance(decides)) if decides else CoverageState.NONE
    return Coverage(
        platform_id=platform_id,
        type=clause_type,
        basis=basis,
        state=state,
        has_conflict=len({stance(clause) for clause in found} - {Stance.UNSTATED}) > 1,
        clauses=len(found),
        clause=decides,
        documents_read=documents,
    )
