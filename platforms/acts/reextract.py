"""Reads the latest stored page of a document once more, by today's extractor and rule, without visiting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from platforms.acts.claim import claim_document, held, release
from platforms.acts.classify import classify_document
from platforms.acts.known import known_of, latest_fetched
from platforms.acts.record_versions import record_extraction
from platforms.models import Document, Version


def reextract(*, document_id: int, at: datetime, by: str) -> Version | None:
    """Record what today's extractor takes from the latest fetched page, as a technical version, where that differs.

    Return the version, or None: nothing fetched, nothing new in the extractor, the same text, no text at all, or a
    capture of the document is under way (which does the same by itself).

    Args:
        document_id: of the document.
        at: decides which declared rule is in force.
        by: who does it, for the claim.
    """
    document = Document.objects.get(pk=document_id)
    if not latest_fetched(document_id).exists():
        return None
    claim = claim_document(document_id=document_id, by=by)
    if claim is None:
        return None
    try:
        known = known_of(document, at=at)
        again = known.again()
        with transaction.atomic():
            Document.objects.select_for_update(no_key=True).get(pk=document_id)
            state = held(document_id=document_id, claim=claim)
            if state is None or not known.is_stale or again.is_apart:
                return None
            state.extractor = known.extractor
            state.save(update_fields=["extractor"])
            if not again.differs or known.latest is None or again.text is None:
                return None
            version = record_extraction(of=known.latest, text=again.text, extractor=known.extractor)
    finally:
        release(document_id=document_id, claim=claim)
    classify_document(document_id=document_id)
    return version


def reextract_all(*, at: datetime, by: str, progress: Callable[[int, int], None]) -> int:
    """Do so for every document with a fetched page; return how many technical versions that made."""
    fetched = Version.objects.fetched().order_by("document").distinct("document")
    documents = list(fetched.values_list("document", flat=True))
    made = 0
    for done, document_id in enumerate(documents, start=1):
        made += reextract(document_id=document_id, at=at, by=by) is not None
        progress(done, len(documents))
    return made
