"""The clause page: what it says, in whose words, whether it still stands, what it does, and how to check all this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clauses.figures import tallies_of
from clauses.find import find_clause, quoted_passages
from clauses.models import Analysis, Basis, Clause, LawLink, Passage, Severity, Standing, State
from clauses.text.classify import READER_RELEASE
from conductatlas.corrections.noted import noted
from conductatlas.pages.activity import Activity, activity
from conductatlas.pages.agreed import day_asked
from conductatlas.pages.alteration import alteration
from conductatlas.pages.analysis import Shown, present, revised
from conductatlas.pages.clause_as_of import clause_as_of
from conductatlas.pages.comparables import SORTS, comparables
from conductatlas.pages.metadata import metadata
from conductatlas.pages.questions import questions
from conductatlas.pages.wordings import history
from conductatlas.pages.words import NAMED, QUOTED, quoted
from conductatlas.records.cite.kept import documents, with_record
from conductatlas.records.cite.links import signpost
from conductatlas.records.cite.of import Place, wayback
from conductatlas.records.cite.shown import Citing, citing
from platforms.models import Check, Document, Takedown, Verification


@dataclass(frozen=True, slots=True)
class Related:
    """A law with how many published clauses answer to an article of it."""

    law: str
    short_name: str
    anchor: str
    article: str
    clauses: int


@require_safe
def clause(request: HttpRequest, platform: str, document: str, clause: str) -> HttpResponse:
    """Show one clause, as it is or as of a day."""
    day = day_asked(request.GET.get("as_of", ""), timezone.now())
    if day is not None:
        return clause_as_of(request, find_clause(platform, document, clause), day)
    sort = request.GET.get("sort", "likeness")
    if sort not in SORTS:
        raise BadRequest(f"Other platforms are not sorted by “{sort}”; choose one of: {', '.join(SORTS)}.")
    context = page_context(find_clause(platform, document, clause), sort)
    return signpost(render(request, "pages/clause.html", context), context["citing"])


def page_context(found: Clause, sort: str = "likeness") -> dict[str, Any]:
    """Return what the clause page shows of a clause as `find_clause` gives it."""
    shown = None
    if found.analysis is not None:
        found.analysis.clause = found
        shown = present(found.analysis)
    recent = activity(found, timezone.now())
    # What the words of a version that was taken down were is said nowhere, not even as those of an analysis.
    pinned = None if found.is_analysis_hidden else shown  # type: ignore[attr-defined]
    context = _facts(found) | _words(found, pinned) | _neighbours(found) | _gone(found, recent)
    revisions = _revisions(found)
    past = history(found, [(r.number or 0, r.published_at) for r in revisions if r.published_at], recent)
    tallies = tallies_of(found.type)
    stands = found.state == State.PUBLISHED
    asked = questions(found, tallies.machine, shown if stands else None)
    cited = _cited(found, shown if stands else None, context["principal"])
    return context | {
        "shown": shown,
        "stands": stands,
        "is_retracted": found.state == State.RETRACTED,
        "explanation": getattr(found.type, "explanation", None),
        "revisions": revisions,
        "revised": revised(revisions),
        "tallies": tallies,
        "tally": tallies.machine,
        "comparables": comparables(found, sort=sort),
        "sort": sort,
        "history": past,
        "activity": recent,
        "altered": alteration(found, shown, context["passages"], context["written_for"], past, recent),
        "questions": asked,
        "usual_laws": list(found.type.laws.with_law()) if shown is None else [],
        "related": _related(shown) if shown is not None else [],
        "citing": cited,
        "meta": metadata(found, cited, context["quotations"], asked),
        "noted": noted(found.record_id),
        "basis": Basis.MACHINE,
        "reader": READER_RELEASE,
    }


def _facts(found: Clause) -> dict[str, Any]:
    kept, seen = found.document, found.last_seen
    if seen is not None:
        seen.document = kept
    return {
        "clause": found,
        "document": kept,
        "platform": kept.platform,
        "seen": seen,
        "snapshot": seen.snapshot if seen is not None else None,
        "awaits_reading": found.standing == Standing.NOT_CHECKABLE and kept.latest_version_id is not None,
        "verification": Verification.objects.latest_sound(),
        "check": Check.objects.filter(document=kept).order_by("-checked_at").first(),
        "demonstration": kept.platform.is_demonstration,
        "wayback": _wayback(kept, seen.captured_at if seen is not None else None),
    }


def _cited(found: Clause, shown: Shown | None, principal: Passage | None) -> Citing | None:
    """Return what to cite: the document and the analysis that stands, else the version with its words. One query."""
    if shown is not None:
        sha256 = bytes(shown.analysis.sha256 or b"").hex()
        return citing(with_record(shown.record, sha256, [shown.analysis.version_id]))
    if found.last_seen is None or found.is_hidden:  # type: ignore[attr-defined]
        return None
    place = Place(principal.start, principal.end, str(principal.ordinal)) if principal is not None else None
    return citing(documents([found.last_seen.pk], place))


def _wayback(document: Document, at: datetime | None) -> str:
    """Return where the Wayback Machine would hold the page of that time; nothing for pages that never were."""
    if not document.source_url or document.platform.is_demonstration or at is None:
        return ""
    return wayback(document.source_url, at)


def _words(found: Clause, shown: Shown | None) -> dict[str, Any]:
    """Return the quotations: the words that the analysis was written for where they stand, else the newest."""
    passages = quoted_passages(found)
    pins = shown.record["passages"] if shown is not None else []
    pinned = {pin["sha256"] for pin in pins}
    here = {passage: bytes(passage.sha256).hex() for passage in passages}
    chosen = [passage for passage, sha256 in here.items() if sha256 in pinned] or passages
    hidden = Takedown.objects.filter(version=found.last_seen_id).first() if found.is_hidden else None  # type: ignore[attr-defined]
    cut = quoted(chosen[:QUOTED], found.last_seen if hidden is None else None)
    further = [p for p in passages if p not in chosen[:QUOTED]]
    earlier = [pin for pin in pins if pin["sha256"] not in here.values()]
    return {
        "takedown": hidden,
        "quotations": cut.quotations,
        "claimed_date": cut.claimed_date,
        "passages": passages if hidden is None else [],
        "further": further,
        "further_named": further[:NAMED],
        "passage_total": len(passages),
        "written_for": earlier if hidden is None else [],
        "principal": passages[0] if passages else None,
        "stems": _stems(passages[0].provision.why) if passages else [],
        "confidence": passages[0].provision.confidence if passages else None,
    }


def _gone(found: Clause, recent: Activity) -> dict[str, Any]:
    """Return since which version the clause is gone, and the change that took it out, where one is recorded."""
    if found.standing != Standing.GONE or found.gone_since_id is None:
        return {}
    by = next((one.record for one in recent.touched if one.record.version_id == found.gone_since_id), None)
    return {"gone_since": by.version if by is not None else found.gone_since, "gone_by": by}


def _stems(why: list[str]) -> list[str]:
    """Return the features that decided, once each, without the mark of those from a heading."""
    return list(dict.fromkeys(stem.rsplit(":", 1)[-1] for stem in why))


def _neighbours(found: Clause) -> dict[str, Any]:
    """Return the other clauses of the document, the heaviest first, and those before and after. One query."""
    siblings = list(Clause.objects.filter(document=found.document).shown().select_related("type").in_document_order())
    for sibling in siblings:
        sibling.document = found.document
    place = next((n for n, sibling in enumerate(siblings) if sibling.pk == found.pk), None)
    order = Severity.values
    others = [sibling for sibling in siblings if sibling.pk != found.pk]
    return {
        "siblings": others,
        "analysed_siblings": sorted(
            (sibling for sibling in others if sibling.severity), key=lambda sibling: order.index(sibling.severity)
        ),
        "found_siblings": [sibling for sibling in others if not sibling.severity],
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place is not None and place + 1 < len(siblings) else None,
    }


def _revisions(found: Clause) -> list[Analysis]:
    """Return the published revisions, the newest first, which is here already; none where none can be."""
    if found.analysis is None:
        return []
    found.analysis.is_hidden = found.is_analysis_hidden  # type: ignore[attr-defined]
    hidden = Takedown.objects.filter(version=OuterRef("version"))
    earlier = Analysis.objects.numbered().filter(clause=found, erasure=None).exclude(pk=found.analysis.pk)
    return [
        found.analysis,
        *earlier.annotate(is_hidden=Exists(hidden))
        .only("number", "published_at", "state", "record")
        .order_by("-number"),
    ]


def _related(shown: Shown) -> list[Related]:
    """Return the articles of the analysis to which most other published clauses answer. One query."""
    named = {(law["slug"], article["anchor"]) for law in shown.laws for article in law["articles"]}
    rows = (
        LawLink.objects.filter(analysis__state="published", article__regulation__slug__in={law for law, _ in named})
        .values_list("article__regulation__slug", "article__regulation__short_name", "article__slug", "article__label")
        .annotate(n=Count("analysis__clause", distinct=True))
        .order_by("-n")
    )
    return [Related(*row) for row in rows if (row[0], row[2]) in named and row[4] > 1][:3]
