"""Publishes analyses, and takes them back. What is published is fixed by the database (rule 10)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from clauses.acts.check_draft import require_sound
from clauses.acts.settle import settle_document
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models import Analysis, AnalysisState, Clause, Note, ReviewRule, State
from clauses.published import record_of
from clauses.rubric import RUBRIC_RELEASE, severity_of
from platforms.published import canonical


@transaction.atomic
def submit(*, analysis: Analysis) -> None:
    """Hand a draft to review. Raises IncompleteAnalysis where something is missing."""
    require_sound(analysis)
    analysis.state = AnalysisState.IN_REVIEW
    analysis.save(update_fields=["state"])


@transaction.atomic
def review(*, analysis: Analysis, by: User, at: datetime) -> None:
    """Record that somebody else than the author has read the analysis and holds it right.

    Where the setting SOLE_CURATOR allows it the author may; the record and its page then say so. Raises
    IncompleteAnalysis where it was not handed to review, or the author may not.
    """
    analysis.lock()
    if analysis.state != AnalysisState.IN_REVIEW:
        raise IncompleteAnalysis("Only an analysis that was handed to review can be reviewed.")
    alone = by.pk == analysis.drafted_by_id
    if alone and not settings.SOLE_CURATOR:
        raise IncompleteAnalysis("Somebody else than the author reviews an analysis.")
    if by in analysis.others_who_wrote():
        raise IncompleteAnalysis("You wrote on this draft: somebody who did not reviews it.")
    analysis.review_rule = ReviewRule.SOLE_CURATOR if alone else ReviewRule.TWO_PERSONS
    analysis.reviewed_by_id, analysis.reviewed_at = by.pk, at
    analysis.save(update_fields=["review_rule", "reviewed_by", "reviewed_at"])


@transaction.atomic
def send_back(*, analysis: Analysis, remarks: str, by: User, at: datetime) -> None:
    """Make a draft again of what was handed to review, and tell the author why.

    Raises IncompleteAnalysis without remarks, or where it is not in review.
    """
    analysis.lock()
    if analysis.state != AnalysisState.IN_REVIEW:
        raise IncompleteAnalysis("Only an analysis that is in review can be sent back.")
    if not remarks.strip():
        raise IncompleteAnalysis("Say what the author should change: without remarks nothing is sent back.")
    Note.objects.create(clause_id=analysis.clause_id, analysis=analysis, words=remarks.strip(), by=by, at=at)
    analysis.assigned_to_id = analysis.drafted_by_id
    analysis.reopen()


@transaction.atomic
def publish(*, analysis: Analysis, at: datetime, settles: bool = True) -> Analysis:
    """Publish a reviewed analysis as the next revision of its clause, and bring what is derived up to date.

    The revision before it is superseded. Who publishes many for one document may leave the settling to one call of
    `settle_document` in the same transaction. Raises IncompleteAnalysis where it is not ready.
    """
    clause = Clause.objects.select_for_update(no_key=True).get(pk=analysis.clause_id)
    analysis.lock()
    if analysis.state != AnalysisState.IN_REVIEW or analysis.reviewed_by_id is None:
        raise IncompleteAnalysis("An analysis is reviewed before it is published.")
    if clause.state in (State.REJECTED, State.MERGED):
        raise IncompleteAnalysis(f"{clause.record_id} is {clause.get_state_display().lower()}: it takes no analysis.")
    require_sound(analysis)
    number = clause.analyses.next_number()
    Analysis.objects.published().filter(clause=clause).update(state=AnalysisState.SUPERSEDED)
    analysis.severity, analysis.rubric = severity_of(analysis.points), RUBRIC_RELEASE
    record = canonical(record_of(analysis, number=number, published_at=at))
    analysis.number, analysis.published_at, analysis.assigned_to = number, at, None
    analysis.record, analysis.sha256 = record, hashlib.sha256(record).digest()
    analysis.state = AnalysisState.PUBLISHED
    analysis.save()
    clause.state, clause.analysis, clause.severity = State.PUBLISHED, analysis, analysis.severity
    clause.title, clause.curated_at = analysis.title, at
    clause.save(update_fields=["state", "analysis", "severity", "title", "curated_at"])
    if settles:
        settle_document(document_id=clause.document_id)
    return analysis


@transaction.atomic
def retract(*, clause: Clause, reason: str, by: User, at: datetime) -> None:
    """Take back what is published about a clause, with a public reason. It stays readable.

    Raises IncompleteAnalysis without a reason, or where nothing is published.
    """
    clause = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if not reason.strip():
        raise IncompleteAnalysis("A retraction gives a reason that readers see.")
    changed = (
        Analysis.objects.published()
        .filter(clause=clause)
        .update(state=AnalysisState.RETRACTED, retracted_by=by.pk, retracted_at=at, retraction_reason=reason.strip())
    )
    if not changed:
        raise IncompleteAnalysis(f"Nothing is published about {clause.record_id}.")
    clause.state, clause.severity, clause.curated_at = State.RETRACTED, "", at
    clause.save(update_fields=["state", "severity", "curated_at"])
    settle_document(document_id=clause.document_id)
