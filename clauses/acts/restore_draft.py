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
    origin = saved.restores or saved.edition
    return save_draft(analysis=analysis, edition=edition, content=content, by=by, at=at, restores=origin)


def before_latest(analysis: Analysis) -> SavedDraft | None:
    """Return the save that undoing leads to: the one before the latest, or before the one that the latest restored.

    So a second undo goes a step further back, though the first was a save itself.
    """
    saves = SavedDraft.objects.filter(analysis=analysis).order_by("edition")
    latest = saves.last()
    return saves.filter(edition__lt=latest.restores or latest.edition).last() if latest is not None else None
