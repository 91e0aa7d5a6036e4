"""What a reviewer looks at: a draft as the record it would be, and what it changes against the last revision."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from changes.text.rows import Run
from clauses.models import Analysis, SavedDraft
from clauses.published import record_of
from clauses.rubric import RUBRIC_RELEASE, severity_of
from conductatlas.pages.analysis import compared, fields_of


def wrote_on(person: User) -> set[int]:
    """Return the analyses whose drafts a person saved. One query."""
    return set(SavedDraft.objects.filter(by=person).values_list("analysis", flat=True))


def may_sign(analysis: Analysis, person: User, wrote: Container[int]) -> bool:
    """Tell whether a person may sign the review of an analysis: none they wrote on, unless a sole curator may."""
    if not person.has_perm("clauses.review_analysis"):
        return False
    if analysis.drafted_by_id == person.pk:
        return bool(settings.SOLE_CURATOR)
    return analysis.pk not in wrote


def draft_record(analysis: Analysis, *, at: datetime | None = None) -> dict[str, Any]:
    """Return the record that a draft would be if it were published at a time, or now; of a revision, its own."""
    if analysis.record is not None:
        return dict(json.loads(bytes(analysis.record)))
    number = analysis.clause.analyses.next_number()
    analysis.severity, analysis.rubric = severity_of(analysis.points), RUBRIC_RELEASE
    return record_of(analysis, number=number, published_at=at or timezone.now())


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an analysis as a reviewer reads it: its words, marked against the last revision where there is one."""

    name: str
    runs: list[Run]

    @property
    def is_changed(self) -> bool:
        """Tell whether it differs from the last revision."""
        return any(run.kind != "same" for run in self.runs)


def fields_for_review(analysis: Analysis, record: dict[str, Any]) -> tuple[list[Field], int | None]:
    """Return every field of a record, and the number of the revision that it is compared with, if there is one."""
    last = Analysis.objects.numbered().filter(clause=analysis.clause).exclude(pk=analysis.pk).last()
    now = fields_of(record)
    if last is None:
        return [Field(name, [Run("same", words)]) for name, words in now.items()], None
    marked = dict(compared(json.loads(bytes(last.record or b"{}")), record))
    return [Field(name, marked.get(name, [Run("same", words)])) for name, words in now.items()], last.number
