"""What a curator decides about proposals. Every decision outlives re-reading (rule 11).

Each act takes its clauses whole or not at all: where one cannot be decided so, ValidationError says which and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from clauses.acts.cover import cover_platform
from clauses.acts.prioritise import prioritise_document
from clauses.acts.settle import settle_document
from clauses.models import Clause, ClauseType, Passage, Provision, Severity, State
from clauses.text.stance import THRESHOLD, Stance, stance
from platforms.models import Document, IssuedSlug
from platforms.text.slugs import free_slug

LONGEST_REASON = 300
LONGEST_TITLE = 200
OPEN = (State.PROPOSED, State.PUBLISHED, State.RETRACTED)


@transaction.atomic
def reject(*, clauses: Iterable[int], because: str, at: datetime) -> list[Clause]:
    """Reject proposals: their words are no such clause, and are not proposed again."""
    because = _said(because, LONGEST_REASON, "Say why these words are no such clause.")
    chosen = _locked(clauses, State.PROPOSED)
    for clause in chosen:
        clause.state, clause.rejected_because, clause.curated_at = State.REJECTED, because, at
    Clause.objects.bulk_update(chosen, ["state", "rejected_because", "curated_at"])
    bring_up_to_date(chosen)
    return chosen


@transaction.atomic
def propose_again(*, clauses: Iterable[int], at: datetime) -> list[Clause]:
    """Take rejections back, however old; the words of the clauses are followed up to today."""
    chosen = _locked(clauses, State.REJECTED)
    for clause in chosen:
        clause.state, clause.rejected_because, clause.curated_at = State.PROPOSED, "", at
    Clause.objects.bulk_update(chosen, ["state", "rejected_because", "curated_at"])
    for document_id in sorted({clause.document_id for clause in chosen}):
        settle_document(document_id=document_id)
    return chosen


@transaction.atomic
def retype(*, clauses: Iterable[int], to: ClauseType, at: datetime) -> list[Clause]:
    """Put proposals under another type: a title and an address that the type gave follow it.

    The stance is judged anew, for one is always about a type.
    """
    chosen = [clause for clause in _locked(clauses, State.PROPOSED) if clause.type_id != to.pk]
    for clause in chosen:
        require_apart(clause, to, *_spans(clause))
        if clause.title == clause.type.name:
            clause.title = to.name
        if clause.slug == clause.type.slug or clause.slug.rpartition("-")[0] == clause.type.slug:
            clause.slug = _slug(clause.document_id, to)
        clause.type, clause.curated_at = to, at
        clause.save(update_fields=["type", "title", "slug", "curated_at"])
    judge_stances(chosen)
    return chosen


@transaction.atomic
def retitle(*, clause: int, title: str, at: datetime) -> Clause:
    """Give a clause a title of its own. A published one has that of its analysis."""
    title = _said(title, LONGEST_TITLE, "A clause has a title.")
    [kept] = _locked([clause], State.PROPOSED)
    kept.title, kept.curated_at = title, at
    kept.save(update_fields=["title", "curated_at"])
    return kept


@transaction.atomic
def weigh(*, clauses: Iterable[int], significance: str) -> list[Clause]:
    """Say how much clauses matter, as a curator sees it; empty takes that back."""
    if significance and significance not in Severity.values:
        raise ValidationError(f"There is no significance “{significance}”.")
    chosen = _locked(clauses, *OPEN)
    for clause in chosen:
        clause.significance = significance
    Clause.objects.bulk_update(chosen, ["significance"])
    return chosen


@transaction.atomic
def assign(*, clauses: Iterable[int], to: User | None) -> list[Clause]:
    """Give clauses to a person to work on, or to nobody."""
    chosen = _locked(clauses, *OPEN)
    for clause in chosen:
        clause.assigned_to = to
    Clause.objects.bulk_update(chosen, ["assigned_to"])
    return chosen


@transaction.atomic
def split(*, clause: int, passages: Sequence[int], at: datetime) -> Clause:
    """Make a clause of its own of some of a proposal's passages; the original keeps its id and first passage.

    `passages` are of one version. A wording goes whole: where it stands twice, both places go.
    """
    [kept] = _locked([clause], State.PROPOSED)
    chosen = list(Passage.objects.filter(pk__in=passages, provision__clause=kept))
    if not chosen or len({passage.version_id for passage in chosen}) != 1:
        raise ValidationError("Choose the passages that are a clause of their own, from one version.")
    wordings = {passage.provision_id for passage in chosen}
    there = Passage.objects.filter(version=chosen[0].version_id, provision__clause=kept).order_by("start", "pk")
    if there[0].provision_id in wordings:
        raise ValidationError(f"The first passage stays with {kept.record_id}: choose later ones.")
    made = Clause.objects.create(
        document_id=kept.document_id,
        type=kept.type,
        found_as=kept.found_as,
        slug=_slug(kept.document_id, kept.type),
        title=kept.type.name,
        found_at=at,
        curated_at=at,
    )
    Provision.objects.filter(pk__in=wordings).update(clause=made)
    Clause.objects.filter(pk=kept.pk).update(curated_at=at)
    settle_document(document_id=kept.document_id)
    made.refresh_from_db()
    return made


def bring_up_to_date(clauses: Iterable[Clause]) -> None:
    """Bring figures and order up to date after an act on clauses whose words stay as they are."""
    documents = {clause.document_id for clause in clauses}
    for document_id in sorted(documents):
        prioritise_document(document_id=document_id)
    platforms = Document.objects.filter(pk__in=documents).values_list("platform", flat=True)
    for platform_id in sorted(set(platforms)):
        cover_platform(platform_id=platform_id)


def judge_stances(clauses: Iterable[Clause]) -> None:
    """Judge the wordings of clauses for the type that they are of now, and derive what follows from it."""
    kept = list(clauses)
    for clause in kept:
        wordings = list(Provision.objects.filter(clause=clause, likeness=None))
        for wording in wordings:
            taken, sure = stance(wording.words, clause.type.slug)
            wording.stance = (taken if sure >= THRESHOLD else Stance.UNSTATED).value
            wording.stance_score = round(sure, 3)
        Provision.objects.bulk_update(wordings, ["stance", "stance_score"])
    for document_id in sorted({clause.document_id for clause in kept}):
        settle_document(document_id=document_id)


def _locked(clauses: Iterable[int], *states: State) -> list[Clause]:
    """Return clauses, locked, with their types. Raises ValidationError where one is not in one of the states."""
    wanted = set(clauses)
    if not wanted:
        raise ValidationError("Choose at least one clause.")
    found = list(
        Clause.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=wanted)
        .select_related("type", "found_as")
        .order_by("pk")
    )
    if missing := wanted - {clause.pk for clause in found}:
        raise ValidationError(f"There is no clause CA-P-{min(missing):06d}.")
    for clause in found:
        if clause.state not in states:
            raise ValidationError(f"{clause.record_id} is {clause.get_state_display().lower()}: nothing was changed.")
    return found


def require_apart(clause: Clause, to: ClauseType, version_id: int, spans: Iterable[tuple[int, int]]) -> None:
    """Refuse a second clause of one type in the same words: raise ValidationError where another has some of them."""
    others = Passage.objects.filter(
        version=version_id,
        provision__clause__type=to,
        provision__clause__state__in=[State.PROPOSED, State.PUBLISHED],
    ).exclude(provision__clause=clause)
    taken = list(others.values_list("start", "end", "provision__clause"))
    for start, end in spans:
        for other_start, other_end, other in taken:
            if start < other_end and other_start < end:
                raise ValidationError(
                    f"CA-P-{other:06d} has the type {to.name} in the same words: merge {clause.record_id} into it."
                )


def _spans(clause: Clause) -> tuple[int, list[tuple[int, int]]]:
    """Return the latest good version of a clause's document, and where the clause stands in it."""
    passages = Passage.objects.filter(provision__clause=clause, version=F("version__document__latest_version"))
    rows = list(passages.values_list("version", "start", "end"))
    return (rows[0][0] if rows else 0), [(start, end) for _, start, end in rows]


def _slug(document_id: int, clause_type: ClauseType) -> str:
    issued = IssuedSlug.objects.filter(scope=f"clause:{document_id}", slug__startswith=clause_type.slug)
    return free_slug(clause_type.slug, set(issued.values_list("slug", flat=True)))


def _said(words: str, longest: int, otherwise: str) -> str:
    words = " ".join(words.split())
    if not words:
        raise ValidationError(otherwise)
    if len(words) > longest:
        raise ValidationError(f"That is {len(words)} characters long; {longest} are kept.")
    return words
