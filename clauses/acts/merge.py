"""Merges a clause into another of the same document: its address redirects, its words are the other's from then on."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from clauses.acts.settle import settle_document
from clauses.models import Clause, Passage, Provision, State


@transaction.atomic
def merge(*, clause: Clause, into: Clause, at: datetime) -> None:
    """Make one clause of two. Raises ValidationError where they cannot be.

    A clause about which something is published is not merged away: retract it first, so that readers learn why.
    """
    pks = sorted({clause.pk, into.pk})
    locked = {one.pk: one for one in Clause.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")}
    if len(locked) != 2:
        raise ValidationError("A clause is merged into another.")
    clause, into = locked[clause.pk], locked[into.pk]
    if clause.document_id != into.document_id:
        raise ValidationError("Clauses of different documents are not merged.")
    if clause.state == State.PUBLISHED:
        raise ValidationError(f"{clause.record_id} has a published analysis: retract it before it is merged.")
    if into.state not in (State.PROPOSED, State.PUBLISHED):
        raise ValidationError(f"{into.record_id} is {into.get_state_display().lower()}: nothing is merged into it.")
    theirs = {bytes(provision.sha256): provision for provision in Provision.objects.filter(clause=into)}
    for provision in Provision.objects.filter(clause=clause):
        known = theirs.get(bytes(provision.sha256))
        if known is None:
            provision.clause = into
            provision.save(update_fields=["clause"])
        else:
            taken = set(Passage.objects.filter(provision=known).values_list("version", "start"))
            for passage in Passage.objects.filter(provision=provision):
                if (passage.version_id, passage.start) in taken:
                    passage.delete()
                else:
                    passage.provision = known
                    passage.save(update_fields=["provision"])
    clause.state, clause.merged_into, clause.curated_at = State.MERGED, into, at
    clause.save(update_fields=["state", "merged_into", "curated_at"])
    settle_document(document_id=into.document_id)
