"""Captures one document: claim it, fetch and read outside any transaction, then record all of it in one short one.

Killed at any moment it leaves nothing half: before the transaction there is only a claim, which runs out; after it
there is the whole visit. Classing comes last, and `classify_pending` makes good what was not reached.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from platforms.acts.claim import claim_document, held, release
from platforms.acts.classify import classify_document
from platforms.acts.known import Again, Known, known_of, latest_fetched
from platforms.acts.record_check import Answer, record_check
from platforms.acts.record_versions import (
    Arrival,
    Provenance,
    is_erased,
    record_extraction,
    record_snapshot,
    record_versions,
)
from platforms.acts.reschedule import reschedule
from platforms.fetching import Fetched, FetchFailed, PageFetcher
from platforms.models import Check, ClaimedKind, Document, FailureReason, Method, Outcome, Snapshot, Version
from platforms.text.extraction import stable
from platforms.text.take import Page, Untaken, take

LONGEST_ADDRESS = 2000


class Ending(StrEnum):
    """How an attempt to capture a document ended; the first three leave a check."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    FAILED = "failed"
    BUSY = "busy"
    """Another capture has it, or it was visited meanwhile and is no longer due."""
    LOST = "lost"
    """The claim ran out, or its history grew meanwhile: nothing was recorded, and it stays due."""
    NOT_CAPTURED = "not_captured"
    """Imported only, retired, or of the demonstration."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What came of one attempt: its check, its new version, and what another extractor made of the page before."""

    outcome: Ending
    check: Check | None = None
    version: Version | None = None
    reextracted: Version | None = None


@dataclass(frozen=True, slots=True)
class _Visit:
    """What one visit found. `text` is None where the page did not change or none came."""

    answer: Answer
    body: bytes | None = None
    text: str | None = None
    untaken: Untaken | None = None
    is_other: bool = False
    """The text is not the one it is compared with."""


def capture_document(
    *, document_id: int, fetcher: PageFetcher, at: datetime, by: str, due_at: datetime | None = None
) -> Captured:
    """Visit a document once and record what came.

    Args:
        document_id: of the document.
        fetcher: fetches its page.
        at: when the visit begins; the time of its check and of a new version.
        by: who does it, for the claim: host, process and a token.
        due_at: visit it only if it is due at this time. None: in any case.
    """
    document = Document.objects.captured().filter(pk=document_id).first()
    if document is None:
        return Captured(Ending.NOT_CAPTURED)
    claim = claim_document(document_id=document_id, by=by, due_at=due_at)
    if claim is None:
        return Captured(Ending.BUSY)
    try:
        known = known_of(document, at=at)
        again = known.again()
        captured = _record(known, again, _visit(known, again, fetcher, at), claim, at)
    except BaseException:
        release(document_id=document_id, claim=claim)
        raise
    if captured.version is not None or captured.reextracted is not None:
        classify_document(document_id=document_id)
    return captured


def _visit(known: Known, again: Again, fetcher: PageFetcher, at: datetime) -> _Visit:
    try:
        fetched = fetcher.fetch(known.document.source_url, known.conditions(again))
    except FetchFailed as failed:
        answer = _answer(failed.final_url, failed.status, failed.headers, failed.body)
        return _Visit(answer, failed.body or None, untaken=Untaken(failed.failure.value, failed.explanation))
    if fetched.is_unmodified:
        return _Visit(_answer(fetched.final_url, fetched.status, fetched.headers, None))
    answer = _answer(fetched.final_url, fetched.status, fetched.headers, fetched.body)
    if known.latest is not None and not again.is_apart and bytes(known.latest.snapshot.sha256) == answer.sha256:
        return _Visit(answer, fetched.body)
    return _read(known, again, fetched, answer, at)


def _read(known: Known, again: Again, fetched: Fetched, answer: Answer, at: datetime) -> _Visit:
    text = take(Page(fetched.body, fetched.content_type, fetched.final_url), known.measured(again))
    if isinstance(text, Untaken):
        return _Visit(answer, fetched.body, untaken=text)
    if is_erased(text.encode(), fetched.body):
        return _Visit(answer, None, untaken=Untaken(FailureReason.ERASED.value, ""))
    return _Visit(answer, fetched.body, text, is_other=not _is_same(text, at, again.text, known.latest))


def _is_same(text: str, at: datetime, before: str | None, latest: Version | None) -> bool:
    """Tell whether two texts are one, what changes by itself from day to day aside."""
    if before is None or latest is None:
        return False
    if text == before:
        return True
    now, then = at.date(), latest.captured_at.date()
    return stable(text, captured_on=now) == stable(before, captured_on=then)


@transaction.atomic
def _record(known: Known, again: Again, visit: _Visit, claim: str, at: datetime) -> Captured:
    document = Document.objects.select_for_update(no_key=True).get(pk=known.document.pk)
    state = held(document_id=document.pk, claim=claim)
    if state is None:
        return Captured(Ending.LOST)
    latest = latest_fetched(document.pk).values_list("pk", flat=True).first()
    if latest != (known.latest.pk if known.latest is not None else None):
        release(document_id=document.pk, claim=claim)
        return Captured(Ending.LOST)
    reextracted = None
    if again.differs and known.latest is not None and again.text is not None:
        reextracted = record_extraction(of=known.latest, text=again.text, extractor=known.extractor)
    outcome = Outcome.FAILED if visit.untaken else Outcome.CHANGED if visit.is_other else Outcome.UNCHANGED
    version = _new_version(known, again, visit, at) if outcome == Outcome.CHANGED else None
    check = record_check(
        document=document,
        checked_at=at,
        outcome=outcome,
        reason=visit.untaken.reason if visit.untaken else FailureReason.NONE,
        note=visit.untaken.note if visit.untaken else "",
        answer=visit.answer,
        snapshot=version.snapshot if version is not None else _kept(known, visit, at),
    )
    reschedule(
        state=state,
        at=at,
        outcome=outcome,
        is_first=known.latest is None,
        headers=visit.answer.http_headers or {},
        extractor=state.extractor if again.is_apart and version is None else known.extractor,
    )
    return Captured(Ending(outcome.value), check, version, reextracted)


def _new_version(known: Known, again: Again, visit: _Visit, at: datetime) -> Version:
    # What cannot be compared within one release of the extractor says so itself (rule 5).
    kind = ClaimedKind.TECHNICAL if again.is_apart else ClaimedKind.NONE
    [version] = record_versions([_arrival(known, visit, at, kind)], recorded_at=at)
    return version


def _kept(known: Known, visit: _Visit, at: datetime) -> Snapshot | None:
    """Keep the bytes of a visit without a new text: of every failed one, and of the others once a month (rule 12)."""
    if visit.body is None or not (visit.untaken or known.keeps_bytes):
        return None
    return record_snapshot(_arrival(known, visit, at, ClaimedKind.NONE), recorded_at=at)


def _arrival(known: Known, visit: _Visit, at: datetime, kind: ClaimedKind) -> Arrival:
    assert visit.body is not None  # a visit without a body has nothing to keep
    return Arrival(
        document_id=known.document.pk,
        captured_at=at,
        body=visit.body,
        extractor=known.extractor,
        provenance=Provenance(
            method=Method.FETCHED,
            claimed_kind=kind,
            url=known.document.source_url,
            final_url=visit.answer.final_url,
            http_status=visit.answer.http_status,
            http_headers=visit.answer.http_headers,
        ),
        text=visit.text,
    )


def _answer(final_url: str, status: int | None, headers: dict[str, str], body: bytes | None) -> Answer:
    return Answer(
        final_url=final_url[:LONGEST_ADDRESS],
        http_status=status,
        http_headers=dict(headers) or None,
        sha256=hashlib.sha256(body).digest() if body is not None else None,
        size=len(body) if body is not None else None,
    )
