"""What the page of a revision shows: its stored value, the texts that it names by hash, and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from clauses.rubric import FACTORS
from conductatlas.pages.analysis import render_record
from conductatlas.pages.metadata import page_schema
from conductatlas.pages.version import sheet
from conductatlas.records.cite.kept import citations, place_of
from conductatlas.records.cite.shown import citing
from conductatlas.records.fates import later, revisions_of
from conductatlas.records.frozen import Fate, Frozen
from conductatlas.records.marks import marked_sheet
from conductatlas.records.ranges import range_asked
from platforms.models import StoredText

KINDS = {"P": "analysis", "D": "version", "C": "change"}


def page_context(frozen: Frozen, at: str) -> dict[str, Any]:
    """Return what the page of a revision shows; `at` is the range of a version to be marked, such as "120-260".

    Raises BadRequest for what is no range, Http404 for one beyond the text.
    """
    revisions = revisions_of(frozen)
    cited = citing(citations(frozen, place_of(frozen, at)))
    platform = frozen.value["platform"]
    address = [str(frozen.record), frozen.number]
    context = {
        "frozen": frozen,
        "record": frozen.value,
        "kind": KINDS[frozen.record.letter],
        "revisions": revisions,
        "later": later(frozen, revisions),
        "permalink": settings.SITE_URL + frozen.get_absolute_url(),
        "citing": cited,
        "schema": page_schema(cited, _places(frozen)),
        "recomputed": _recomputed(frozen),
        "embedded": settings.SITE_URL + reverse("embed", args=address) + (f"?at={at}" if at else ""),
        "bytes_url": settings.SITE_URL + reverse("revision_json", args=address),
        "is_indexed": frozen.fate == Fate.STANDS and not at,
        "demonstration": platform["is_demonstration"],
    }
    if frozen.record.letter == "P":
        return context | {"shown": render_record(frozen.value), "factor_total": len(FACTORS)}
    return context | (_version(frozen, at) if frozen.record.letter == "D" else {})


def _recomputed(frozen: Frozen) -> list[dict[str, str]]:
    """Return what a reader can download and hash: the record, and of a version its text and its bytes."""
    found = [{"path": frozen.get_absolute_url() + ".json", "sha256": frozen.sha256}]
    if frozen.record.letter == "D":
        value = frozen.value
        place = [value["platform"]["slug"], value["document"]["slug"], frozen.number]
        if value["text"] is not None:
            found.append({"path": reverse("version_text", args=place), "sha256": value["text"]["sha256"]})
        if value["text"] is None or value["text"]["sha256"] != value["bytes"]["sha256"]:
            found.append({"path": reverse("version_raw", args=place), "sha256": value["bytes"]["sha256"]})
    return found


def _places(frozen: Frozen) -> list[tuple[str, str]]:
    """Return the places down to a revision, by the names of the day it was stored."""
    platform, document = frozen.value["platform"], frozen.value["document"]
    return [
        ("Platforms", reverse("platforms")),
        (platform["name"], reverse("platform", args=[platform["slug"]])),
        (document["title"], reverse("record", args=[document["id"]])),
        (frozen.name, frozen.get_absolute_url()),
    ]


def _version(frozen: Frozen, at: str) -> dict[str, Any]:
    """Return the text of a version, found by the hash that its record states, with the range marked."""
    stored, asked = frozen.value["text"], range_asked(frozen, at)
    text = StoredText.objects.body_of(stored["sha256"]) if stored is not None else ""
    paragraphs, mark = sheet(text), None
    if asked is not None:
        start, end = asked
        paragraphs, is_shown = marked_sheet(text, start, end)
        inside = [part for part in paragraphs if part.number and part.start < end and start < part.end]
        mark = {"start": start, "end": end, "is_shown": is_shown, "paragraphs": [part.number for part in inside]}
    return {
        "paragraphs": paragraphs,
        "numbered": sum(1 for part in paragraphs if part.number),
        "mark": mark,
    }
