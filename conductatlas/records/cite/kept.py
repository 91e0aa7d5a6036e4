"""Finds what to cite of a revision: the document first, then our record (docs/citations.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models.functions import Substr
from django.http import Http404

from clauses.text.blocks import blocks
from conductatlas.pages.words import HEAD, claimed_date
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.of import Place, cited_document, cited_record, claimed_day
from conductatlas.records.frozen import Frozen
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


def place_of(frozen: Frozen, written: str) -> Place | None:
    """Return the place in a version that START-END names, in code points, with its paragraphs; None for no words.

    Raises BadRequest for what is no range, Http404 where the version has no such words.
    """
    if not written:
        return None
    first, dash, second = written.partition("-")
    text = frozen.value["text"] if frozen.record.letter == "D" else None
    length = text["length"] if text else 0
    if not (dash and first.isdecimal() and second.isdecimal() and int(first) < int(second)):
        raise BadRequest("“at” names words of a version as START-END, in code points from 0.")
    if not text or int(second) > length:
        raise Http404(f"{frozen.name} has no words from {first} to {second}: it has {length:,} code points of text.")
    body = StoredText.objects.values_list("body", flat=True).get(sha256=bytes.fromhex(text["sha256"]))
    return Place(int(first), int(second), paragraphs_of(body, int(first), int(second)))


def paragraphs_of(body: str, start: int, end: int) -> str:
    """Return the numbered paragraphs of a text that a range touches, such as 12 or 40–42; nothing for a heading."""
    touched = [block.number for block in blocks(body) if block.number and block.start < end and start < block.end]
    return "–".join(str(number) for number in dict.fromkeys((touched[0], touched[-1]))) if touched else ""


def _document(content: Any, head: str | None, place: Place | None) -> Cited:
    return cited_document(json.loads(bytes(content)), place=place, dated=claimed_day(claimed_date(head or "")))
