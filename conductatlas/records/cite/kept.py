"""Finds what to cite of a revision: the document first, then our record (docs/citations.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Substr

from clauses.text.blocks import blocks
from conductatlas.pages.words import HEAD, claimed_date
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.of import Place, cited_document, cited_record, claimed_day
from conductatlas.records.frozen import Frozen
from conductatlas.records.ranges import range_asked
from platforms.models import StoredText, VersionRecord


def citations(frozen: Frozen, place: Place | None = None) -> list[Cited]:
    """Return what to cite of a revision: the document in its version, or both versions, and then the record of ours.

    An analysis cites the first passage that it was written for; `place` is for versions. One query.
    """
    if frozen.record.letter == "D":
        return documents(frozen.versions, place)
    return with_record(frozen.value, frozen.sha256, frozen.versions)


def with_record(value: dict[str, Any], sha256: str, versions: Sequence[int]) -> list[Cited]:
    """Return the versions that a record of ours is about, and the record itself last. One query."""
    passages = value.get("passages", [])
    place = Place(passages[0]["start"], passages[0]["end"], str(passages[0]["paragraph"])) if passages else None
    return [*documents(versions, place), cited_record(value, sha256)]


def documents(versions: Sequence[int], place: Place | None = None) -> list[Cited]:
    """Return what is cited of versions, as they were recorded, in the order given. One query."""
    kept = VersionRecord.objects.filter(version__in=versions).annotate(head=Substr("version__text__body", 1, HEAD))
    found = {pk: (content, head) for pk, content, head in kept.values_list("pk", "content", "head")}
    return [_document(*found[version], place) for version in versions if version in found]


def place_of(frozen: Frozen, at: str) -> Place | None:
    """Return the place in a version that START-END names, with its paragraphs; None for no words.

    Raises what range_asked does.
    """
    asked = range_asked(frozen, at)
    if asked is None:
        return None
    body = StoredText.objects.body_of(frozen.value["text"]["sha256"])
    return Place(*asked, paragraphs_of(body, *asked))


def paragraphs_of(body: str, start: int, end: int) -> str:
    """Return the numbered paragraphs of a text that a range touches, such as 12 or 40–42; nothing for a heading."""
    touched = [block.number for block in blocks(body) if block.number and block.start < end and start < block.end]
    return "–".join(str(number) for number in dict.fromkeys((touched[0], touched[-1]))) if touched else ""


def _document(content: Any, head: str | None, place: Place | None) -> Cited:
    return cited_document(json.loads(bytes(content)), place=place, dated=claimed_day(claimed_date(head or "")))
