"""Takes an analysis back from review, so that it can be written on."""

from __future__ import annotations

from django.db import transaction

from clauses.acts.save_draft import NotADraft
from clauses.models import Analysis, AnalysisState


@transaction.atomic
def take_back(*, analysis: Analysis) -> None:
    """Make a draft again of what waits for review; a signature that it has is void. Raises NotADraft elsewhere."""
    analysis.lock()
    if analysis.state != AnalysisState.IN_REVIEW:
        raise NotADraft(f"This analysis is {analysis.get_state_display().lower()}: it is not taken back.")
    analysis.reopen()
