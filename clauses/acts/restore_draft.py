"""Restores an earlier save of a draft. Restoring is a save of its own: nothing that came between is lost."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.acts.save_draft import save_draft
from clauses.drafted import current_content
from clauses.models import Analysis, SavedDraft


@transaction.atomic
def restore_draft(*, analysis: Analysis, saved: SavedDraft, edition: int, by: User, at: datetime) -> Analysis:
    """Save a draft as it was at an earlier save of it; raises what `save_draft` raises."""
    if saved.analysis_id != analysis.pk:
        raise ValueError("That save is of another draft.")
    content = current_content(analysis) | saved.content
    return save_draft(analysis=analysis, edition=edition, content=content, by=by, at=at)


def before_latest(analysis: Analysis) -> SavedDraft | None:
    """Return the save that undoing leads to: the one before the first that said what the draft says now.

    So a second undo goes a step further back, though the first was a save itself.
    """
    saves = SavedDraft.objects.filter(analysis=analysis).select_related("by").order_by("edition")
    first = saves.filter(content=current_content(analysis)).first()
    return saves.filter(edition__lt=first.edition).last() if first is not None else None
