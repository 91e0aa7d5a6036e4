"""Compares two versions of a document and weighs what changed: facts, and the clauses touched. It writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from changes.models import ClauseChange, Nature, Weight, Window
from changes.rules import heaviest, weigh, whole_direction
from changes.text.compare import Comparison, compare
from changes.text.facts import ClauseFact, sections_of, summary_of, title_of
from changes.text.touched import Pair, Stand, Touched, touched
from clauses.acts.follow import FOLLOWED
from clauses.models import Clause, Passage, Provision, Severity
from platforms.models import Check, Document, Method, Outcome, Version

TOUCHES = ("stance_changed", "removed", "added", "reworded", "moved")
"""The order in which a record lists the clauses it touches; within it the heaviest first."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of two versions gives: the fields of a record, and its clause changes, not saved."""

    comparison: Comparison
    facts: dict[str, Any]
    touches: list[ClauseChange]
    texts: tuple[str, str]


def compare_versions(*, document: Document, before: Version, version: Version) -> Compared:
    """Compare two good versions (with their texts) of a document that were read."""
    texts = before.body, version.body
    comparison = compare(*texts)
    touches = clause_changes(comparison, before, version)
    sections = sections_of(comparison)
    named = [_fact(touch, texts) for touch in touches]
    after, window = _window(document, before, version)
    returns_to = version.version_class.returns_to if version.version_class.kind == Nature.REVERTED else None
    facts = {
        "nature": Nature(version.version_class.kind),
        "observed_after": after,
        "observed_before": version.captured_at,
        "window": window,
        "title": title_of(named, sections, went_back_to=_day(returns_to.captured_at) if returns_to else ""),
        "summary": summary_of(named, sections),
        "severity": heaviest(touch.severity for touch in touches),
        "direction": whole_direction(touch.direction for touch in touches),
        **asdict(sections.all),
    }
    return Compared(comparison, facts, touches, texts)


def clause_changes(comparison: Comparison, before: Version, version: Version) -> list[ClauseChange]:
    """Return what a comparison did to the clauses of its document, weighed, stance changes first; none is saved."""
    passages = list(Passage.objects.filter(version__in=[before.pk, version.pk]))
    # Three questions by key: one with all the joins takes seconds where the tables have just been filled.
    provisions = Provision.objects.defer("words").in_bulk({passage.provision_id for passage in passages})
    clauses = (
        Clause.objects.filter(state__in=FOLLOWED)
        .select_related("type__explanation")
        .in_bulk({provision.clause_id for provision in provisions.values()})
    )
    shown = [(passage, provisions[passage.provision_id]) for passage in passages]
    shown = [(passage, provision) for passage, provision in shown if provision.clause_id in clauses]
    olds = [_stand(*one) for one in shown if one[0].version_id == before.pk]
    news = [_stand(*one) for one in shown if one[0].version_id == version.pk]
    changes = [_change(one, clauses[one.clause]) for one in touched(comparison, olds, news)]
    order = Severity.values  # heaviest first
    changes.sort(key=lambda one: (TOUCHES.index(one.touch), order.index(one.severity)))
    for position, one in enumerate(changes, start=1):
        one.position = position
    return changes


def _change(one: Touched, clause: Clause) -> ClauseChange:
    explanation = getattr(clause.type, "explanation", None)
    weight = Weight.ANALYSIS if clause.severity else Weight.TYPE
    severity = clause.severity or (explanation.severity if explanation is not None else Severity.MEDIUM)
    weighed = weigh(
        type_slug=clause.type.slug,
        clause_severity=severity,
        old_stance=one.old_stance,
        new_stance=one.new_stance,
        moved=one.moved,
        rewording=one.rewording,
    )
    return ClauseChange(
        clause=clause,
        touch=weighed.touch,
        old_stance=one.old_stance,
        new_stance=one.new_stance,
        clause_severity=severity,
        weight=weight,
        severity=weighed.severity,
        direction=weighed.direction,
        passages=[_passage(pair) for pair in one.pairs],
        position=0,
    )


def _passage(pair: Pair) -> dict[str, Any]:
    return {
        "old": [pair.old.start, pair.old.end] if pair.old else None,
        "new": [pair.new.start, pair.new.end] if pair.new else None,
        "old_heading": pair.old.heading if pair.old else "",
        "new_heading": pair.new.heading if pair.new else "",
    }


def _stand(passage: Passage, provision: Provision) -> Stand:
    return Stand(
        clause=provision.clause_id,
        wording=bytes(passage.sha256),
        start=passage.start,
        end=passage.end,
        heading=passage.heading,
        stance=provision.stance,
    )


def _fact(touch: ClauseChange, texts: Sequence[str]) -> ClauseFact:
    wordings = tuple(
        (texts[0][slice(*passage["old"])], texts[1][slice(*passage["new"])])
        for passage in touch.passages
        if passage["old"] and passage["new"]
    )
    clause_type = touch.clause.type
    return ClauseFact(clause_type.name, clause_type.slug, touch.touch, touch.old_stance, touch.new_stance, wordings)


def _window(document: Document, before: Version, version: Version) -> tuple[datetime, Window]:
    """Return when the words before were last known to stand, and whether a check says so (rule 7)."""
    check = (
        Check.objects.filter(document=document, checked_at__gte=before.captured_at, checked_at__lt=version.captured_at)
        .exclude(outcome=Outcome.FAILED)
        .order_by("-checked_at")
        .first()
    )
    if check is not None:
        return check.checked_at, Window.CHECKED
    fetched = before.snapshot.method == Method.FETCHED
    return before.captured_at, Window.CHECKED if fetched else Window.SEEN


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
