"""The clause page: what it says, in whose words, whether it still stands, how others do it, and how to check it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rapidfuzz import fuzz

from clauses.figures import tally_of
from clauses.find import find_clause, quoted_passages
from clauses.models import Basis, Clause, Coverage, Passage, Standing, State
from clauses.models.coverage import FOUND
from clauses.text.classify import READER_RELEASE
from clauses.text.matching import normal_words
from clauses.text.plain import plain
from clauses.text.quote import key_sentence
from platforms.models import Check, Takedown, Verification, Version

CONTEXT = 280
"""Code points of text shown before and after the quoted words."""
COMPARED = 80
"""Wordings of other operators that are weighed for comparison."""
COMPARABLES = 5
PASSAGES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as the page quotes it, with the words around it."""

    passage: Passage
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparable:
    """The same type of clause at another operator, by its own sentence in full."""

    coverage: Coverage
    sentence: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the clause with the versions in which it was first and last seen."""

    provision_id: int
    first_seen: datetime
    last_seen: datetime
    stands: bool


@require_safe
def clause(request: HttpRequest, platform: str, document: str, clause: str) -> HttpResponse:
    """Show one clause."""
    shown = find_clause(platform, document, clause)
    kept = shown.document
    seen = shown.last_seen
    passages = quoted_passages(shown)
    siblings = list(Clause.objects.filter(document=kept).shown().select_related("type").in_document_order())
    for sibling in siblings:
        sibling.document = kept
    place = next((n for n, sibling in enumerate(siblings) if sibling.pk == shown.pk), None)
    tally = tally_of(shown.type, basis=Basis.PUBLISHED if shown.state == State.PUBLISHED else Basis.MACHINE)
    if seen is not None:
        seen.document = kept
    context = {
        "clause": shown,
        "document": kept,
        "platform": kept.platform,
        "seen": seen,
        "takedown": Takedown.objects.filter(version=seen).first() if seen is not None else None,
        "snapshot": seen.snapshot if seen is not None else None,
        "awaits_reading": shown.standing == Standing.NOT_CHECKABLE and kept.latest_version_id is not None,
        "quotations": _quotations(passages[:PASSAGES_SHOWN], seen),
        "passage_total": len(passages),
        "confidence": passages[0].provision.confidence if passages else None,
        "verification": Verification.objects.latest_sound(),
        "check": Check.objects.filter(document=kept).order_by("-checked_at").first(),
        "tally": tally,
        "comparables": _comparables(shown),
        "wordings": _wordings(shown, {passage.provision_id for passage in passages}),
        "siblings": [sibling for sibling in siblings if sibling.pk != shown.pk],
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place is not None and place + 1 < len(siblings) else None,
        "reader": READER_RELEASE,
        "demonstration": kept.platform.is_demonstration,
    }
    return render(request, "pages/clause.html", context)


def _quotations(passages: list[Passage], seen: Version | None) -> list[Quotation]:
    """Quote passages from the stored text itself, with what stands around them. One query."""
    if seen is None or not passages:
        return []
    slices, arguments = [], []
    for passage in passages:
        before = max(0, passage.start - CONTEXT)
        slices.append("substr(body, %s, %s), substr(body, %s, %s), substr(body, %s, %s)")
        arguments += [before + 1, passage.start - before]
        arguments += [passage.start + 1, passage.end - passage.start]
        arguments += [passage.end + 1, CONTEXT]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(slices)} FROM platforms_storedtext WHERE id = %s",  # noqa: S608 - placeholders only
            [*arguments, seen.text_id],
        )
        row = cursor.fetchone() or ("",) * 3 * len(passages)
    return [
        Quotation(passage, plain(row[3 * n + 1]), _last_words(row[3 * n]), _first_words(row[3 * n + 2]))
        for n, passage in enumerate(passages)
    ]


def _last_words(before: str) -> str:
    """Return the end of the text before, from a whole word on, within one paragraph."""
    paragraph = before.rstrip().rsplit("\n\n", 1)[-1]
    cut = len(paragraph) >= CONTEXT - 1
    return plain(paragraph.split(" ", 1)[-1] if cut else paragraph)


def _first_words(after: str) -> str:
    """Return the start of the text after, up to a whole word, within one paragraph."""
    paragraph = after.lstrip().split("\n\n", 1)[0]
    cut = len(after.lstrip()) == len(paragraph) and len(after) >= CONTEXT
    return plain(paragraph.rsplit(" ", 1)[0] if cut else paragraph)


def _comparables(shown: Clause) -> list[Comparable]:
    """Return clauses of the same type, one per operator, the most alike first. One query."""
    own = shown.document.platform
    rows = (
        Coverage.objects.filter(type=shown.type, basis=Basis.MACHINE, state__in=FOUND)
        .filter(platform__is_demonstration=own.is_demonstration)
        .exclude(platform__operator=own.operator_id)
        .order_by("platform__operator_id", "platform_id")
        .distinct("platform__operator_id")
        .select_related("platform", "clause__document__platform", "clause__quoted", "clause__last_seen")[:COMPARED]
    )
    words = normal_words(shown.quoted.words) if shown.quoted is not None else ""
    weighed = []
    for row in rows:
        if row.clause is None or row.clause.quoted is None:
            continue
        theirs = row.clause.quoted
        likeness = fuzz.token_set_ratio(words, normal_words(theirs.words)) / 100
        weighed.append((row.clause.stance != shown.stance, -likeness, row.platform.sort_name, row, theirs))
    weighed.sort(key=lambda one: one[:3])
    return [
        Comparable(row, key_sentence(theirs.words, shown.type.slug, theirs.stance), -likeness)
        for _other_stance, likeness, _name, row, theirs in weighed[:COMPARABLES]
    ]


def _wordings(shown: Clause, standing: set[int]) -> list[Wording]:
    """Return the wordings of a clause by when they were first seen. One query."""
    rows = (
        Passage.objects.filter(provision__clause=shown)
        .values("provision_id")
        .annotate(first=Min("version__captured_at"), last=Max("version__captured_at"))
        .order_by("first", "provision_id")
        .values_list("provision_id", "first", "last")
    )
    return [Wording(pk, first, last, pk in standing) for pk, first, last in rows]
