"""Derives what lists show of clauses from their passages: stance, standing, quotation, first and last seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from clauses.acts.follow import follow_clauses
from clauses.acts.load_taxonomy import taxonomy_release
from clauses.models import Analysis, Clause, Derivation, Passage, Pin, Standing
from clauses.text.classify import READER_RELEASE
from clauses.text.found import is_lead_in
from clauses.text.moved import moved
from clauses.text.precedence import strongest
from platforms.models import Document, Version

_ENDING = 20
"""Code points at the end of words by which a lead-in is told."""
DERIVED = ["found_stance", "stance", "standing", "position", "quoted", "first_seen", "last_seen"]


@transaction.atomic
def derive_clauses(*, document_id: int) -> int:
    """Derive the shown facts of every clause of one document again; return how many clauses changed."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    follow_clauses(document=document)
    seen = _seen(document_id)
    latest = document.latest_version_id
    now = _passages(latest)
    moves = _moves(document, now)
    judged = _judged(document_id)
    changed = []
    for clause in Clause.objects.filter(document=document):
        before = tuple(getattr(clause, _column(name)) for name in DERIVED)
        _derive(
            clause,
            now.get(clause.pk, []),
            seen.get(clause.pk),
            moves,
            judged.get(clause.pk),
            checkable=latest is not None,
        )
        if before != tuple(getattr(clause, _column(name)) for name in DERIVED):
            changed.append(clause)
    _save(changed)
    Derivation.objects.update_or_create(
        document=document,
        defaults={"latest_id": latest, "release": READER_RELEASE, "taxonomy": taxonomy_release()},
    )
    return len(changed)


def derive_as_if(clause: Clause, *, stance: str, pinned: Iterable[bytes]) -> None:
    """Derive one clause, in memory and unsaved, as it will be once an analysis with this stance and pins is published.

    The clause comes with its document.
    """
    document = clause.document
    now = _passages(document.latest_version_id)
    _derive(
        clause,
        now.get(clause.pk, []),
        _seen(document.pk).get(clause.pk),
        _moves(document, now),
        _Judged(stance, frozenset(pinned)),
        checkable=document.latest_version_id is not None,
    )


def stale() -> QuerySet[Document]:
    """Return the documents whose latest good version, or the release, is not the one they were derived from."""
    fresh = Derivation.objects.filter(
        document=OuterRef("pk"), release=READER_RELEASE, taxonomy=taxonomy_release()
    ).filter(Q(latest=OuterRef("latest_version")) | Q(latest=None, document__latest_version=None))
    return Document.objects.filter(~Exists(fresh))


_UPDATE = """
UPDATE clauses_clause c SET found_stance = n.found_stance, stance = n.stance, standing = n.standing,
  position = n.position, quoted_id = n.quoted_id, first_seen_id = n.first_seen_id, last_seen_id = n.last_seen_id
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::bigint[], %s::bigint[], %s::bigint[])
  AS n(id, found_stance, stance, standing, position, quoted_id, first_seen_id, last_seen_id)
WHERE c.id = n.id
"""


def _save(clauses: list[Clause]) -> None:
    """Save the derived columns in one statement; an ORM bulk update takes ten times as long."""
    columns = ["pk", *(_column(name) for name in DERIVED)]
    if clauses:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [[_value(clause, name) for clause in clauses] for name in columns])


def _value(clause: Clause, name: str) -> object:
    value = getattr(clause, name)
    return str(value) if name in ("found_stance", "stance", "standing") else value


def _column(name: str) -> str:
    return f"{name}_id" if name in ("quoted", "first_seen", "last_seen") else name


@dataclass(frozen=True, slots=True)
class _Judged:
    """What curators published about a clause: the stance, and the hashes of the words it was written for."""

    stance: str
    pinned: frozenset[bytes]


def _judged(document_id: int) -> dict[int, _Judged]:
    """Return what is published about the clauses of a document."""
    stances = dict(Analysis.objects.published().filter(clause__document=document_id).values_list("clause", "stance"))
    pins: dict[int, set[bytes]] = defaultdict(set)
    rows = Pin.objects.filter(analysis__state="published", analysis__clause__document=document_id)
    for clause, sha256 in rows.values_list("analysis__clause", "sha256"):
        pins[clause].add(bytes(sha256))
    return {clause: _Judged(stance, frozenset(pins[clause])) for clause, stance in stances.items()}


def _derive(
    clause: Clause,
    passages: list[Passage],
    seen: tuple[int, int] | None,
    moves: set[int],
    judged: _Judged | None,
    *,
    checkable: bool,
) -> None:
    clause.first_seen_id, clause.last_seen_id = seen or (None, None)
    pinned = judged.pinned if judged else frozenset()
    shown = passages
    if not passages:
        clause.standing = Standing.GONE if checkable else Standing.NOT_CHECKABLE
        clause.position = None
        shown = _passages(clause.last_seen_id).get(clause.pk, [])
    first = principal(shown, pinned)
    if first is not None:
        clause.quoted_id = first.provision_id
        clause.found_stance = strongest(passage.provision.stance for passage in shown)
    # A curator's stance is of the words it was given to; of other words only the reader's is known.
    stands = pinned <= {bytes(passage.sha256) for passage in passages}
    clause.stance = judged.stance if judged and (stands or not passages) else clause.found_stance
    if passages and first is not None:
        clause.position = first.start
        clause.standing = Standing.MOVED if first.provision_id in moves else Standing.VERBATIM
        recognised = judged is not None and bool(pinned)
        if not stands or (not recognised and first.provision.likeness is not None):
            clause.standing = Standing.ALTERED


def principal(passages: Iterable[Passage], pinned: Container[bytes] = ()) -> Passage | None:
    """Return the passage that a clause is quoted by.

    That is the first that a curator pinned the analysis to, else the surest that takes the clause's stance; never a
    lead-in alone where there is another.
    """
    chosen = list(passages)
    if not chosen:
        return None
    stance = strongest(passage.provision.stance for passage in chosen)
    return min(
        chosen,
        key=lambda p: (
            (False, p.start)
            if bytes(p.sha256) in pinned
            else (
                True,
                is_lead_in(p.provision.words),
                p.provision.stance != stance,
                -round(p.provision.score, 2),
                p.start,
                p.provision_id,
            )
        ),
    )


def _passages(version_id: int | None) -> dict[int, list[Passage]]:
    by_clause: dict[int, list[Passage]] = defaultdict(list)
    if version_id is not None:
        for passage in Passage.objects.filter(version_id=version_id).select_related("provision").order_by("start"):
            passage.provision.words = passage.provision.words[-_ENDING:]  # no more is needed, and there are many
            by_clause[passage.provision.clause_id].append(passage)
    return by_clause


def _seen(document_id: int) -> dict[int, tuple[int, int]]:
    """Return the first and the last version that each clause has a passage in."""
    rows = (
        Passage.objects.filter(version__document_id=document_id)
        .order_by("version__captured_at", "version__source_order", "version__number")
        .values_list("provision__clause_id", "version_id")
    )
    seen: dict[int, tuple[int, int]] = {}
    for clause, version in rows:
        seen[clause] = (seen[clause][0] if clause in seen else version, version)
    return seen


def _moves(document: Document, now: dict[int, list[Passage]]) -> set[int]:
    """Return the provisions that moved between the good version before the latest and the latest."""
    if document.latest_version is None:
        return set()
    before: Version | None = Version.objects.good().before(document.latest_version).first()
    if before is None:
        return set()

    def in_order(passages: dict[int, list[Passage]]) -> list[tuple[int, str]]:
        flat = sorted((p for some in passages.values() for p in some), key=lambda p: (p.start, p.provision_id))
        return list({p.provision_id: (p.provision_id, p.heading) for p in reversed(flat)}.values())[::-1]

    return moved(in_order(_passages(before.pk)), in_order(now))
