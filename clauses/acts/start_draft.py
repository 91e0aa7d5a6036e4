"""Starts the draft of an analysis: empty, or as a copy of what was published last. A clause has one draft at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from clauses.acts.save_draft import keep, store
from clauses.acts.write_analysis import IncompleteAnalysis, pin
from clauses.drafted import CHOICES, PARTS, POINTS, WORDS, Content, content_of
from clauses.models import Analysis, AnalysisState, Clause, Passage, State
from clauses.rubric import RUBRIC_RELEASE

UNPUBLISHED = (AnalysisState.DRAFT, AnalysisState.IN_REVIEW)


@transaction.atomic
def start_draft(*, clause: Clause, by: User, at: datetime) -> Analysis:
    """Return the draft of a clause, started where there is none, pinned to its words in the version that last had them.

    After a publication it begins as a copy of the newest revision, retracted ones included; else it is empty but for
    the clause's title and the stance that the reader proposes. What is said of the type in general is never copied.
    Raises IncompleteAnalysis where the clause is rejected or merged, or no passage of it is kept.
    """
    clause = Clause.objects.select_for_update(of=("self",), no_key=True).select_related("analysis").get(pk=clause.pk)
    begun = Analysis.objects.filter(clause=clause, state__in=UNPUBLISHED).order_by("pk").last()
    if begun is not None:
        return begun
    if clause.state in (State.REJECTED, State.MERGED):
        raise IncompleteAnalysis(f"{clause.record_id} is {clause.get_state_display().lower()}: it takes no analysis.")
    if clause.last_seen is None:
        raise IncompleteAnalysis(f"No version that is kept carries {clause.record_id}: there are no words to analyse.")
    content = _copy(clause.analysis, by) if clause.analysis is not None else _empty(clause)
    draft = Analysis(
        clause=clause,
        version=clause.last_seen,
        severity="low",
        rubric=RUBRIC_RELEASE,
        drafted_by=by,
        drafted_at=at,
        assigned_to=by,
    )
    draft.save()
    pin(draft, paragraphs=())
    store(draft, content)
    draft.save()
    keep(draft, content, by=by, at=at)
    return draft


@transaction.atomic
def pin_anew(*, draft: Analysis) -> None:
    """Pin a draft to the words of its clause as they stand now, after its anchor was moved or a version came.

    Raises IncompleteAnalysis where it is no draft, or the clause has no passage.
    """
    draft.lock()
    if draft.state != AnalysisState.DRAFT or draft.clause.last_seen is None:
        raise IncompleteAnalysis("Only a draft of a clause with words is pinned anew.")
    draft.version = draft.clause.last_seen
    draft.pins.all().delete()
    pin(draft, paragraphs=())
    draft.save(update_fields=["version"])


def is_pinned_elsewhere(draft: Analysis) -> bool:
    """Tell whether the clause's words stand elsewhere now than where the draft is pinned."""
    version = draft.clause.last_seen_id
    passages = Passage.objects.filter(version=version, provision__clause=draft.clause_id)
    return draft.version_id != version or _places(draft.pins.values_list("start", "end")) != _places(
        passages.values_list("start", "end")
    )


def _places(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(ranges)


def _copy(published: Analysis, by: User) -> Content:
    """Return the content of a published revision; another author declares interests of their own."""
    content = content_of(published)
    return content if published.drafted_by_id == by.pk else content | {"interests": ""}


def _empty(clause: Clause) -> Content:
    """Return the content of a draft that says nothing yet; the stance is the reader's, for a person to confirm."""
    values: Content = dict.fromkeys((*WORDS, *CHOICES), "")
    values |= dict.fromkeys(POINTS.values(), None) | {part: [] for part in PARTS}
    return values | {"title": clause.title, "stance": clause.found_stance}
