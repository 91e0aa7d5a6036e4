"""The page of one change record: when, which words, what they mean for the clauses, and how to check and cite it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from changes.find import find_change
from changes.limits import is_comparable
from changes.models import ChangeRecord, RecordState
from changes.presenting import sheet, touches_shown
from changes.text.compare import compare
from clauses.published import byline
from conductatlas.corrections.noted import noted
from conductatlas.pages.metadata import page_schema
from conductatlas.pages.timeline import Block, Flag, Timeline, timeline
from conductatlas.records.cite.kept import with_record
from conductatlas.records.cite.links import signpost
from conductatlas.records.cite.shown import Citing, citing
from conductatlas.records.ids import parse_written
from platforms.models import DocumentKind, Version

SPELLED_OUT = 40
"""Changed passages that the page spells out; the whole comparison has all of them."""

AUDIENCES = {
    DocumentKind.DEVELOPER_TERMS: "Developers",
    DocumentKind.ADVERTISING_POLICY: "Advertisers",
    DocumentKind.COMMERCIAL_TERMS: "Business customers",
    DocumentKind.DATA_PROCESSING_AGREEMENT: "Business customers",
    DocumentKind.SERVICE_LEVEL_AGREEMENT: "Business customers",
}
"""Whom a document of a kind binds, where it is not everybody who uses the platform."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The changes of the same document before and after one, and how many there are in all."""

    previous: ChangeRecord | None
    next: ChangeRecord | None


@require_safe
def change(request: HttpRequest, written: str) -> HttpResponse:
    """Show one change record; a forgiven spelling of its number goes to the right one first."""
    spelt = parse_written(written)
    if spelt is None or spelt.record.letter != "C":
        raise Http404(f"“{written}” is no number of a change record. They look like CA-C-000123.")
    named = spelt.record
    if spelt.number is not None:
        return HttpResponsePermanentRedirect(reverse("revision", args=[str(named), spelt.number]))
    if str(named) != written:
        return HttpResponsePermanentRedirect(reverse("change", args=[str(named)]))
    found = find_change(named.number)
    touches = list(found.clause_changes.select_related("clause__type"))
    for touch in touches:
        touch.clause.document = found.document
    beside = _neighbours(found)
    revision = found.revision
    context = {
        "change": found,
        "document": found.document,
        "platform": found.document.platform,
        "before": found.before,
        "since": found.version,
        "revision": revision,
        "published_by": byline(revision.published_by) if revision is not None else "",
        "is_drafted": _is_drafted(found),
        "is_withdrawn": found.state == RecordState.WITHDRAWN,
        "audience": AUDIENCES.get(DocumentKind(found.document.kind), ""),
        "drawing": _drawing(found, beside),
        "beside": beside,
        "demonstration": found.document.platform.is_demonstration,
        "noted": noted(found.record_id),
        "touch_total": len(touches),
        "citing": (cited := _cited(found)),
        "schema": page_schema(cited, _places(found)),
        **_words(found, touches),
    }
    return signpost(render(request, "pages/change.html", context), cited)


def _places(found: ChangeRecord) -> list[tuple[str, str]]:
    """Return the places down to a change record, as its page names them."""
    document, platform = found.document, found.document.platform
    return [
        ("Changes", reverse("changes")),
        (platform.name, platform.get_absolute_url()),
        (document.title, document.get_absolute_url()),
        (found.record_id, found.get_absolute_url()),
    ]


def _cited(found: ChangeRecord) -> Citing | None:
    """Return both versions and the record as it was published; nothing before it was. One query."""
    revision = found.revision
    if revision is None:
        return None
    value = json.loads(bytes(revision.content))
    return citing(with_record(value, bytes(revision.sha256).hex(), [found.before_id, found.version_id]))


def _is_drafted(found: ChangeRecord) -> bool:
    """Tell whether its words are the machine's: a withdrawn record keeps those of whoever wrote them."""
    if found.state != RecordState.WITHDRAWN:
        return found.state == RecordState.DRAFTED
    return found.revision is None or found.revision.published_by is None


def _words(found: ChangeRecord, touches: list[Any]) -> dict[str, Any]:
    """Return the changed words and those of the clauses, unless the texts are too large to be compared here."""
    old, new = found.before.body, found.version.body
    if not is_comparable(len(old) + len(new)):
        return {"sheet": None, "touches": []}
    shown = sheet(compare(old, new), most=SPELLED_OUT)
    return {
        "sheet": shown,
        "touches": touches_shown(touches, shown),
        "paragraph_total": sum(1 for line in new.split("\n") if line.strip()),
    }


def _neighbours(found: ChangeRecord) -> Neighbours:
    others = ChangeRecord.objects.filter(document=found.document_id).shown()
    at = found.observed_before
    return Neighbours(
        others.filter(observed_before__lt=at).latest_first().first(),
        others.filter(observed_before__gt=at).order_by("observed_before", "pk").first(),
    )


def _drawing(found: ChangeRecord, beside: Neighbours) -> Timeline:
    """Draw where the change lies in the history of its document: the words before it, and those since."""
    moments = list(
        Version.objects.filter(document=found.document_id).good().in_order().values_list("captured_at", flat=True)
    ) or [found.before.captured_at, found.version.captured_at]
    at, last = found.observed_before, moments[-1]
    start = beside.previous.observed_before if beside.previous else moments[0]
    end = beside.next.observed_before if beside.next else max(last, at)
    blocks = [
        Block("Words before", min(start, at), at, is_now=False),
        Block("Words since", at, end, is_now=beside.next is None),
    ]
    return timeline(moments, blocks, [Flag("this change", at)])
