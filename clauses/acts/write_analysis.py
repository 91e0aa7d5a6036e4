"""Writes the draft of an analysis, whole, from plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from clauses.models import Action, Agency, AgencyLink, Analysis, Article, Clause, Jurisdiction, LawLink, Passage, Pin
from clauses.rubric import RUBRIC_RELEASE, severity_of
from platforms.models import Version


class IncompleteAnalysis(Exception):
    """What was written does not make an analysis; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """Something a reader can do; `rests_on` are pairs of a law's slug and an article's label, `where` ISO codes."""

    title: str
    steps: str
    contact: str = ""
    rests_on: Sequence[tuple[str, str]] = ()
    where: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LawDraft:
    """A law with the articles that the clause answers to and the reason."""

    law: str
    articles: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All that an analysis says. `fields` are columns of Analysis by name, findings and points included."""

    title: str
    fields: Mapping[str, Any]
    actions: Sequence[ActionDraft] = ()
    laws: Sequence[LawDraft] = ()
    agencies: Sequence[tuple[str, str]] = ()
    paragraphs: Sequence[int] = field(default=())
    is_machine_drafted: bool = False


@transaction.atomic
def write_analysis(*, clause: Clause, version: Version, draft: Draft, by: User, at: datetime) -> Analysis:
    """Write a draft for a clause as it stands in one version; pinned to `paragraphs`, or to all its passages there.

    Raises IncompleteAnalysis where the clause does not stand there, or a law, an article or an agency is unknown.
    """
    analysis = Analysis(
        clause=clause,
        version=version,
        title=draft.title,
        is_machine_drafted=draft.is_machine_drafted,
        drafted_by=by,
        drafted_at=at,
        rubric=RUBRIC_RELEASE,
        **draft.fields,
    )
    analysis.severity = severity_of(analysis.points)
    analysis.save()
    pin(analysis, paragraphs=draft.paragraphs)
    articles = _articles(draft)
    for place, action in enumerate(draft.actions, start=1):
        made = Action.objects.create(
            analysis=analysis, position=place, title=action.title, steps=action.steps, contact=action.contact
        )
        made.rests_on.set([articles[law, label] for law, label in action.rests_on])
        made.where.set(_places(action.where))
    LawLink.objects.bulk_create(
        LawLink(analysis=analysis, article=articles[law.law, label], reason=law.reason, position=place * 100 + number)
        for place, law in enumerate(draft.laws, start=1)
        for number, label in enumerate(law.articles)
    )
    AgencyLink.objects.bulk_create(
        AgencyLink(analysis=analysis, agency=_agency(slug), reason=reason, position=place)
        for place, (slug, reason) in enumerate(draft.agencies, start=1)
    )
    return analysis


def pin(analysis: Analysis, *, paragraphs: Sequence[int]) -> None:
    """Pin an analysis to some paragraphs of its clause in its version, or to all where none are named.

    Raises IncompleteAnalysis where the clause does not stand there.
    """
    passages = list(
        Passage.objects.filter(version=analysis.version, provision__clause=analysis.clause)
        .select_related("provision")
        .order_by("start")
    )
    if paragraphs:
        passages = [passage for passage in passages if passage.ordinal in paragraphs]
    if not passages:
        places = f" in paragraph {', '.join(map(str, paragraphs))}" if paragraphs else ""
        raise IncompleteAnalysis(
            f"{analysis.clause.record_id} does not stand{places} of version {analysis.version.number}. "
            "Choose a version and paragraphs that carry it."
        )
    Pin.objects.bulk_create(
        Pin(
            analysis=analysis,
            version=analysis.version,
            ordinal=passage.ordinal,
            start=passage.start,
            end=passage.end,
            sha256=hashlib.sha256(passage.provision.words.encode()).digest(),
            heading=passage.heading,
            position=place,
        )
        for place, passage in enumerate(passages, start=1)
    )


def _articles(draft: Draft) -> dict[tuple[str, str], Article]:
    wanted = {(law.law, label) for law in draft.laws for label in law.articles}
    wanted |= {pair for action in draft.actions for pair in action.rests_on}
    found = {
        (article.regulation.slug, article.label): article
        for article in Article.objects.filter(
            regulation__slug__in={law for law, _ in wanted}, label__in={label for _, label in wanted}
        ).select_related("regulation")
    }
    missing = sorted(wanted - set(found))
    if missing:
        named = "; ".join(f"{law} {label}" for law, label in missing)
        raise IncompleteAnalysis(f"There is no such article here: {named}. Add it to clauses/data/regulations.")
    return found


def _places(codes: Sequence[str]) -> list[Jurisdiction]:
    found = list(Jurisdiction.objects.filter(code__in=codes))
    missing = set(codes) - {place.code for place in found}
    if missing:
        raise IncompleteAnalysis(f"There is no jurisdiction {', '.join(sorted(missing))}; use ISO 3166 codes.")
    return found


def _agency(slug: str) -> Agency:
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        raise IncompleteAnalysis(f"There is no agency {slug} here. Add it to clauses/data/agencies.yaml.")
    return found
