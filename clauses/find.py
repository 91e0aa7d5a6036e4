"""Finds clauses by the words of an address, following former slugs and mergers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404

from clauses.acts.derive_clauses import principal
from clauses.models import Clause, ClauseType, Passage, State
from clauses.text.quote import key_sentence
from platforms.find import Gone, Hidden, Moved, find_document
from platforms.models import IssuedSlug, Takedown

RELATED = (  # each table more costs planning time, the more so the more is kept
    "type__category",
    "type__explanation",
    "analysis",
    "document__platform__operator",
    "quoted",
    "first_seen",
    "last_seen__snapshot__collection",
)


def find_clause(platform: str, document: str, slug: str) -> Clause:
    """Return the clause with these slugs, with all that its page names.

    Raises Moved for former slugs and merged clauses, Gone for one that a curator rejected, Http404 where there was
    never one.
    """
    hidden = Takedown.objects.filter(version=OuterRef("last_seen"))
    pinned = Takedown.objects.filter(version=OuterRef("analysis__version"))
    clauses = Clause.objects.select_related(*RELATED).annotate(
        is_hidden=Exists(hidden), is_analysis_hidden=Exists(pinned)
    )
    found = clauses.filter(document__platform__slug=platform, document__slug=document, slug=slug).first()
    if found is None:
        kept = find_document(platform, document)
        holder = IssuedSlug.objects.holder(scope=f"clause:{kept.pk}", slug=slug)
        now = clauses.filter(pk=holder).first() if holder else None
        if now is None:
            raise Http404(f"{kept.title} of {kept.platform.name} has no clause called “{slug}”.")
        raise Moved(clause=now.slug)
    if found.state == State.MERGED and found.merged_into is not None:
        raise Moved(clause=found.merged_into.slug)
    refuse_rejected(found)
    refuse_erased(found)
    return found


def refuse_rejected(clause: Clause) -> None:
    """Raise Gone where a curator rejected a clause, with what readers of its old address should know."""
    if clause.state == State.REJECTED:
        raise Gone(
            f"{clause.record_id} was proposed by the machine as “{clause.title}”. A curator found that these words are"
            f" no such clause, and rejected it: {clause.rejected_because}",
            clause.curated_at,
        )


def refuse_erased(clause: Clause) -> None:
    """Raise Hidden where every wording of a clause was lawfully erased."""
    if clause.state == State.RETRACTED and clause.analysis_id is None and clause.last_seen_id is None:
        erased = Takedown.objects.filter(version__document=clause.document_id, version__text__erasure__isnull=False)
        if (takedown := erased.order_by("-pk").first()) is not None:
            raise Hidden(takedown)


def sentence_of(clause: Clause | None, clause_type: ClauseType) -> str:
    """Return the sentence by which lists quote a clause of a type (needs quoted); nothing where it has no words."""
    if clause is None or clause.quoted is None:
        return ""
    return key_sentence(clause.quoted.words, clause_type.slug, clause.quoted.stance)


def quoted_passages(clause: Clause) -> list[Passage]:
    """Return the passages of the version that last carried a clause: the one it is quoted by first, then in order."""
    passages = list(
        Passage.objects.filter(version=clause.last_seen_id, provision__clause=clause)
        .select_related("provision")
        .order_by("start")
    )
    quoted = [passage for passage in passages if passage.provision_id == clause.quoted_id]
    first = quoted[0] if quoted else principal(passages)
    return [p for p in passages if p is first] + [p for p in passages if p is not first]
