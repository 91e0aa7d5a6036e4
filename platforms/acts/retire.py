"""Retires a document: it ends only by a curator's word, with evidence."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from platforms.models import Document


@transaction.atomic
def retire(*, document: Document, because: str, at: datetime) -> Document:
    """Retire a document, with the evidence that readers see; it is checked no more, and what is kept of it stays.

    Raises ValidationError without evidence, or where it is retired already.
    """
    kept = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if kept.retired_at is not None:
        raise ValidationError(f"{kept.record_id} is retired already.")
    if not because.strip():
        raise ValidationError("Say by what evidence the document has ended: readers see it.")
    kept.retired_at, kept.retired_because = at, because.strip()
    kept.save(update_fields=["retired_at", "retired_because"])
    return kept
