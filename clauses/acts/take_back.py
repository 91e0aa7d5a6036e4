"""Takes an analysis back from review, so that it can be written on."""

from __future__ import annotations

from django.db import transaction

from clauses.acts.save_draft import NotADraft
from clauses.models import Analysis, AnalysisState, ReviewRule


@transaction.atomic
def take_back(*, analysis: Analysis) -> None:
    """Make a draft again of what waits for review; a signature that it has is void. Raises NotADraft elsewhere."""
    analysis.refresh_from_db(from_queryset=Analysis.objects.select_for_update(no_key=True))
    if analysis.state != AnalysisState.IN_REVIEW:
        raise NotADraft(f"This analysis is {analysis.get_state_display().lower()}: it is not taken back.")
    analysis.state, analysis.review_rule = AnalysisState.DRAFT, ReviewRule.TWO_PERSONS
    analysis.reviewed_by, analysis.reviewed_at = None, None
    analysis.save(update_fields=["state", "review_rule", "reviewed_by", "reviewed_at"])
