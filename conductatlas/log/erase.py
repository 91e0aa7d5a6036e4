"""The act of lawful erasure: words are destroyed, hashes and lengths stay, and the log says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q

from changes.models import ChangeRecord, ChangeRevision, ClauseChange
from clauses.acts.settle import settle_document
from clauses.models import (
    Action,
    AgencyLink,
    Analysis,
    AnalysisState,
    Clause,
    LawLink,
    Note,
    Passage,
    Pin,
    Provision,
    SavedDraft,
    State,
)
from clauses.published import PROSE
from clauses.rubric import FACTORS
from conductatlas.log.erasable import Reach, reach_of
from platforms.acts.classify import classify_document
from platforms.models import Erasure, Piece, StoredBytes, StoredText, Takedown, TakedownGround, TextPieces, Version
from platforms.published import canonical, stamp

SCHEMA = "conductatlas.erasure/1"
PERMISSION = "platforms.erase_evidence"
GONE = "Lawfully erased"
LIFTED = (
    "platforms_storedtext", "platforms_storedbytes", "clauses_analysis", "clauses_pin", "clauses_action",
    "clauses_action_rests_on", "clauses_action_where", "clauses_lawlink", "clauses_agencylink", "clauses_note",
    "changes_changerevision", "changes_changerecord", "conductatlas_auditentry",
)  # fmt: skip
"""Tables whose triggers are lifted inside the transaction: those that keep rows, and those that would copy them."""


class Refused(Exception):
    """Nothing was erased; the message says why."""


def erase_evidence(
    *, version: Version, ground: str, reason: str, ordered_by: User, confirmed_by: User, at: datetime
) -> Erasure:
    """Destroy the words of a version, wherever they are kept, in one transaction; the owner's role alone can.

    Args:
        version: whose words go; every other version with the same body loses it too.
        ground: the law or the order, in words that readers see.
        reason: why, in words that readers see.
        ordered_by: who orders it.
        confirmed_by: another person, who confirms it.
        at: when.

    Raises Refused where the two are one, one has no permission, ground or reason is missing, or nothing is left.
    """
    _require(ground, reason, ordered_by, confirmed_by)
    with transaction.atomic():
        reach = reach_of(version)
        if not StoredText.objects.filter(pk__in=reach.texts, erasure=None).exists() and not (
            StoredBytes.objects.filter(pk__in=reach.raws, erasure=None).exists()
        ):
            raise Refused(f"{version.record_id} has nothing left that could be erased.")
        erasure = _recorded(version, reach, ground, reason, (ordered_by, confirmed_by), at)
        _hide(reach, reason, ordered_by, at)
        with _triggers_lifted():
            _destroy_trail(reach)
            _destroy_records(reach, erasure, ordered_by, at)
            _destroy_bodies(reach, erasure)
        _destroy_derived(reach)
        for document in reach.documents():
            classify_document(document_id=document)
            settle_document(document_id=document)
    return erasure


def _require(ground: str, reason: str, *persons: User) -> None:
    if not ground.strip() or not reason.strip():
        raise Refused("An erasure gives its legal ground and its reason, which readers see.")
    if persons[0].pk == persons[1].pk:
        raise Refused("Two persons erase: one orders, another confirms.")
    for person in persons:
        if not person.has_perm(PERMISSION):  # nobody inactive has it
            raise Refused(f"{person.get_username()} may not erase: the permission is “erase evidence”.")


def _recorded(
    version: Version, reach: Reach, ground: str, reason: str, persons: tuple[User, User], at: datetime
) -> Erasure:
    content = canonical(
        {
            "schema": SCHEMA,
            "id": f"CA-D-{version.document_id:05d}",
            "number": version.number,
            "ground": ground.strip(),
            "reason": reason.strip(),
            "erased_at": stamp(at),
            "versions": reach.names(),
            "erased": reach.erased(),
        }
    )
    return Erasure.objects.create(
        version=version, ground=ground.strip(), reason=reason.strip(), ordered_by=persons[0], confirmed_by=persons[1],
        erased_at=at, content=content, sha256=hashlib.sha256(content).digest(),
    )  # fmt: skip


def _hide(reach: Reach, reason: str, by: User, at: datetime) -> None:
    hidden = set(Takedown.objects.filter(version__in=reach.versions).values_list("version", flat=True))
    ground, reason = TakedownGround.LEGAL_DEMAND, reason.strip()
    Takedown.objects.bulk_create(
        Takedown(version_id=pk, ground=ground, public_reason=reason, decided_at=at, decided_by=by)
        for pk in sorted(reach.versions - hidden)
    )


@contextmanager
def _triggers_lifted() -> Iterator[None]:
    """Lift the guards inside the transaction. Whoever is not the owner is refused here, by PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending checks cannot be altered
        for table in LIFTED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in LIFTED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _destroy_bodies(reach: Reach, erasure: Erasure) -> None:
    StoredText.objects.filter(pk__in=reach.texts, erasure=None).update(body="", erasure=erasure)
    StoredBytes.objects.filter(pk__in=reach.raws, erasure=None).update(body=b"", erasure=erasure)


def _destroy_records(reach: Reach, erasure: Erasure, by: User, at: datetime) -> None:
    """Empty what was published from the words, and all that curators wrote for it; drafts go whole."""
    unpublished = [AnalysisState.DRAFT, AnalysisState.IN_REVIEW]
    Analysis.objects.filter(version__in=reach.versions, state__in=unpublished).delete()
    published = [row.pk for row in reach.analyses()]
    _empty_analyses(published, erasure, by, at)
    compared = reach.revisions()
    ChangeRevision.objects.filter(pk__in=[row.pk for row in compared]).update(content=b"", erasure=erasure)
    records = ChangeRecord.objects.filter(Q(version__in=reach.versions) | Q(before__in=reach.versions)).values("pk")
    ChangeRecord.objects.filter(pk__in=records).update(title=GONE, summary=GONE)
    ClauseChange.objects.filter(record__in=records).delete()


def _empty_analyses(published: Sequence[int], erasure: Erasure, by: User, at: datetime) -> None:
    """Empty published analyses and their parts. What stood is retracted; its clause has no analysis any more."""
    for model in (Action, LawLink, AgencyLink, SavedDraft, Note):
        model._default_manager.filter(analysis__in=published).delete()
    Pin.objects.filter(analysis__in=published).update(heading="")
    emptied = dict.fromkeys([*PROSE, "confidence_reason"], "")
    emptied |= {("exposure_finding" if f.key == "exposure" else f"{f.key}_finding"): "" for f in FACTORS}
    rows = Analysis.objects.filter(pk__in=published)
    rows.update(title=GONE, record=b"", erasure=erasure, **emptied)
    rows.filter(state=AnalysisState.PUBLISHED).update(
        state=AnalysisState.RETRACTED, retracted_by=by, retracted_at=at, retraction_reason=erasure.reason
    )
    clauses = Clause.objects.filter(analysis__in=published).select_related("type")
    for clause in clauses:
        clause.title, clause.analysis, clause.severity = clause.type.name, None, ""
        if clause.state == State.PUBLISHED:
            clause.state = State.RETRACTED
        clause.save(update_fields=["title", "analysis", "severity", "state"])


def _destroy_trail(reach: Reach) -> None:
    """Empty what the audit trail copied of these rows: that something was done, when and by whom, stays."""
    erased = Analysis.objects.filter(version__in=reach.versions).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE conductatlas_auditentry SET before = NULL, after = NULL WHERE analysis = ANY (%(analyses)s)"
            ' OR ("table" = \'clauses_analysis\' AND "row" = ANY (%(analyses)s))'
            ' OR ("table" = \'changes_changerecord\' AND "row" IN (SELECT id FROM changes_changerecord'
            "     WHERE version_id = ANY (%(versions)s) OR before_id = ANY (%(versions)s)))"
            " OR (\"table\" IN ('clauses_passage', 'clauses_pin')"
            "     AND (coalesce(after, before) ->> 'version_id')::bigint = ANY (%(versions)s))",
            {"analyses": list(erased), "versions": list(reach.versions)},
        )


def _destroy_pieces(reach: Reach) -> None:
    """Delete what the index of words has of these texts alone."""
    rows = TextPieces.objects.filter(text__in=reach.texts)
    said = {piece for pieces in rows.values_list("pieces", flat=True) for piece in pieces}
    rows.update(pieces=[])
    if said:
        elsewhere = TextPieces.objects.filter(pieces__overlap=list(said)).values_list("pieces", flat=True)
        Piece.objects.filter(pk__in=said.difference(*elsewhere)).delete()


def _destroy_derived(reach: Reach) -> None:
    """Delete the passages in these versions and the wordings that stand in no other; a clause without any goes too."""
    wordings = Provision.objects.filter(passages__version__in=reach.versions).values_list("pk", flat=True)
    touched = list(wordings.distinct())
    Passage.objects.filter(version__in=reach.versions).delete()
    _destroy_pieces(reach)
    Provision.objects.filter(pk__in=touched, passages=None).delete()
    wordless = Clause.objects.filter(document__in=reach.documents(), provisions=None, analysis=None)
    wordless.filter(state__in=[State.PROPOSED, State.PUBLISHED]).update(state=State.RETRACTED)
