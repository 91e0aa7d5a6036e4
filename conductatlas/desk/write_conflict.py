"""Two people wrote on one draft: which fields differ, what each wrote, and the content of what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from changes.text.one_passage import changed
from changes.text.rows import Run
from clauses.acts.check_draft import label_of
from clauses.drafted import CHOICES, FINDINGS, PARTS, POINTS, Content
from clauses.models import Analysis, SavedDraft
from clauses.published import byline
from clauses.rubric import FACTORS
from conductatlas.desk.write_form import LABELS


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two contents have differently: the words of each, and the parts of their comparison."""

    name: str
    label: str
    theirs: str
    mine: str
    runs: list[Run]
    prefers_mine: bool


def differences(theirs: Content, mine: Content, base: Content | None = None) -> list[Difference]:
    """Return the fields that differ. Whoever alone changed a field since `base` is preferred; else mine is."""
    found = []
    for name in theirs:
        if theirs[name] == mine.get(name):
            continue
        words = as_words(name, theirs[name]), as_words(name, mine[name])
        untouched = base is not None and base.get(name) == mine[name]
        found.append(Difference(name, named(name), *words, changed(*words), not untouched))
    return found


def named(name: str) -> str:
    """Return what a field is called on the page."""
    for factor in FACTORS:
        if name == POINTS[factor.key]:
            return f"{factor.name}: points"
        if name == FINDINGS[factor.key]:
            return f"{factor.name}: finding"
    return LABELS.get(name) or label_of(name).capitalize()


def as_words(name: str, value: object) -> str:
    """Return the value of a field as words that can be read and compared."""
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(str(value), value))
    if name in PARTS:
        assert isinstance(value, list)
        return "\n".join(_row(row) for row in value)
    return "" if value is None else str(value)


def _row(row: Mapping[str, object]) -> str:
    parts = ["; ".join(map(str, value)) if isinstance(value, list) else str(value) for value in row.values()]
    return " | ".join(part for part in parts if part)


def chosen(mine: Content, theirs: Content, post: QueryDict) -> Content:
    """Return my content with the fields for which theirs was chosen."""
    return mine | {name: theirs[name] for name in theirs if post.get(f"choose-{name}") == "theirs"}


def base_of(analysis_id: int, edition: int) -> Content | None:
    """Return the draft as it was in the edition that a form was opened with, where it is still kept."""
    kept = SavedDraft.objects.filter(analysis=analysis_id, edition=edition).values_list("content", flat=True)
    content: Content | None = kept.first()
    return content


@dataclass(frozen=True, slots=True)
class Saved:
    """Who saved a draft last, and when."""

    who: str
    at: datetime


def latest_save(analysis: Analysis) -> Saved | None:
    """Return the latest save of a draft; None where it was never saved by its form."""
    saved = SavedDraft.objects.filter(analysis=analysis).select_related("by").first()
    return Saved(byline(saved.by), saved.at) if saved is not None else None
