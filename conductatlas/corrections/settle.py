"""A curator settles a report, publishes a reply, or withdraws one. Each act happens once and stays."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from conductatlas.models import Correction, CorrectionKind, CorrectionState, Reply, ReplyWithdrawal
from conductatlas.records.frozen import find_frozen
from conductatlas.records.ids import parse_record_id

LONGEST = 3000
LONGEST_REPLY = 10_000


@transaction.atomic
def accept(*, correction: int, gist: str, answer: str, mended_by: str, by: User, at: datetime) -> Correction:
    """Say in public what was wrong and what was done. Raises ValidationError."""
    waiting = _waiting(correction)
    if waiting.kind == CorrectionKind.REPLY:
        raise ValidationError("A reply is published or refused.")
    waiting.mended_by = _revision(mended_by)
    return _settle(waiting, CorrectionState.ACCEPTED, gist, answer, by, at)


@transaction.atomic
def refuse(*, correction: int, gist: str, answer: str, by: User, at: datetime) -> Correction:
    """Say in public what was reported and why nothing is changed. Raises ValidationError."""
    return _settle(_waiting(correction), CorrectionState.REFUSED, gist, answer, by, at)


@transaction.atomic
def set_aside(*, correction: int, by: User, at: datetime) -> Correction:
    """Set a report aside as spam: it is never shown. Raises ValidationError."""
    waiting = _waiting(correction)
    waiting.state, waiting.settled_by, waiting.settled_at = CorrectionState.SPAM, by, at
    waiting.save()
    return waiting


@transaction.atomic
def publish_reply(
    *, correction: int, words: str, given_on: date, known_by: str, note: str, by: User, at: datetime
) -> Reply:
    """Publish the words of whom a record is about, beside it. Raises ValidationError."""
    waiting = _waiting(correction)
    words = _said(words, LONGEST_REPLY, "the words of the reply")
    known_by = _said(known_by, 300, "how we know that they are theirs")
    if waiting.kind != CorrectionKind.REPLY or parse_record_id(waiting.about) is None:
        raise ValidationError("This report asks for no reply on a record.")
    if given_on > at.date():
        raise ValidationError("A reply is not given on a day to come.")
    waiting.note = note.strip()
    gist = f"A reply was asked for on behalf of {waiting.speaks_for}."
    _settle(waiting, CorrectionState.ACCEPTED, gist, "The reply is published beside the record.", by, at)
    signed = {name: getattr(waiting, name) for name in ("about", "speaker", "role", "speaks_for")}
    return Reply.objects.create(
        correction=waiting,
        words=words,
        given_on=given_on,
        known_by=known_by,
        published_by=by,
        published_at=at,
        **signed,
    )


@transaction.atomic
def withdraw_reply(*, reply: int, because: str, by: User, at: datetime) -> ReplyWithdrawal:
    """Show a reply no longer, and say in public why. Raises ValidationError."""
    because = _said(because, LONGEST, "why it is withdrawn")
    found = Reply.objects.filter(pk=reply).first()
    if found is None:
        raise ValidationError("There is no such reply.")
    done, is_new = ReplyWithdrawal.objects.get_or_create(
        reply=found, defaults={"because": because, "withdrawn_by": by, "withdrawn_at": at}
    )
    if not is_new:
        raise ValidationError("This reply was withdrawn already.")
    return done


def _waiting(correction: int) -> Correction:
    found = Correction.objects.select_for_update().waiting().filter(pk=correction).first()
    if found is None:
        raise ValidationError("This report was answered already.")
    return found


def _settle(waiting: Correction, state: CorrectionState, gist: str, answer: str, by: User, at: datetime) -> Correction:
    waiting.gist = _said(gist, LONGEST, "what was reported, in your words")
    waiting.answer = _said(answer, LONGEST, "what was done, or why nothing is")
    waiting.state, waiting.settled_by, waiting.settled_at = state, by, at
    waiting.save()
    return waiting


def _said(words: str, most: int, what: str) -> str:
    words = words.strip()
    if not words or len(words) > most:
        raise ValidationError(f"Say {what}, in at most {most:,} characters.")
    return words


def _revision(written: str) -> str:
    """Return a revision as it is cited, such as CA-P-000123/v2; nothing for nothing. Raises ValidationError."""
    if not written.strip():
        return ""
    record, _, number = written.strip().rpartition("/")
    named, digits = parse_record_id(record), re.fullmatch(r"[vV]?([0-9]{1,9})", number.strip())
    if named is None or digits is None:
        raise ValidationError("A revision is written as CA-P-000123/v2.")
    try:
        return find_frozen(named, int(digits[1])).name
    except Http404 as fault:
        raise ValidationError(str(fault)) from fault
