"""What a report may be about: a record, a platform, a type of clause or a law, and a section of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from changes.models import ChangeRecord
from clauses.models import Clause, ClauseType, Regulation, State
from conductatlas.records.ids import RecordId, parse_record_id
from platforms.models import Document, Platform

ELEMENTS: dict[str, dict[str, str]] = {
    "P": {
        "words": "The words", "reply": "Reply", "meaning": "What it means", "do": "What you can do",
        "others": "How other platforms handle this", "activity": "What changed", "history": "Its wordings",
        "analysis": "Institutional analysis", "law": "Law and agencies", "evidence": "Evidence", "cite": "Citation",
        "document": "In the same document", "questions": "Questions",
    },
    "D": {
        "clauses": "Clauses, in the order of the document", "gone": "In earlier versions", "changes": "What changed",
        "versions": "Versions", "checks": "Checks", "provenance": "Where it comes from", "text": "The text",
        "evidence": "Evidence", "cite": "Citation", "reply": "Reply",
    },
    "C": {
        "words": "The words", "means": "What changed", "clauses": "The clauses it touches",
        "place": "In the document’s history", "cite": "Citation", "reply": "Reply",
    },
    "platform": {
        "facts": "Quick facts", "severity": "How heavy its clauses are", "documents": "Documents",
        "coverage": "Every type of clause", "latest": "Latest changes", "similar": "Others in its sector",
    },
    "type": {
        "definition": "What it is", "adoption": "How many platforms do it", "meaning": "What such clauses do",
        "wordings": "The wordings", "law": "Law that usually bears on it",
    },
    "law": {"summary": "What it is", "articles": "Articles", "agencies": "Who enforces it"},
}  # fmt: skip
"""Sections by the end of the id of their heading (`h-words`), for each kind of page, as the log names them."""
OF_VERSION = ("text", "evidence", "cite")
"""Sections of the page of a version, and not of its document."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something with a page: `key` is kept with a report, `found` is the row of the database."""

    key: str
    kind: str
    name: str
    found: Any
    is_demonstration: bool = False


def find_subject(about: str) -> Subject | None:
    """Return what a report is about, from a record id as people write it or a key such as type/arbitration."""
    named = parse_record_id(about)
    if named is None:
        kind, _, slug = about.strip().partition("/")
        return _by_slug(kind, slug)
    if named.letter == "P":
        related = ("document__platform", "type__explanation", "analysis", "last_seen")
        clauses = Clause.objects.select_related(*related).exclude(state=State.REJECTED)
        clause = clauses.filter(pk=named.number).first()
        return _of(named, f"{clause.title}: {clause.document.full_title}", clause, clause.document) if clause else None
    if named.letter == "D":
        document = Document.objects.select_related("platform").filter(pk=named.number).first()
        return _of(named, document.full_title, document, document) if document else None
    record = ChangeRecord.objects.select_related("document__platform").filter(pk=named.number).first()
    return _of(named, f"{record.title}: {record.document.full_title}", record, record.document) if record else None


def _of(named: RecordId, name: str, found: Any, document: Document) -> Subject:
    return Subject(str(named), named.letter, name, found, document.platform.is_demonstration)


def _by_slug(kind: str, slug: str) -> Subject | None:
    found: Platform | ClauseType | Regulation | None = None
    if kind == "platform":
        found = Platform.objects.filter(slug=slug).first()
    elif kind == "type":
        found = ClauseType.objects.select_related("explanation").filter(slug=slug).first()
    elif kind == "law":
        found = Regulation.objects.filter(slug=slug).first()
    if found is None:
        return None
    return Subject(f"{kind}/{slug}", kind, found.name, found, getattr(found, "is_demonstration", False))


def element_name(about: str, element: str) -> str:
    """Return what a section is called, or nothing where it is none of that kind of page."""
    named = parse_record_id(about)
    return ELEMENTS.get(named.letter if named else about.partition("/")[0], {}).get(element, "")


def address_of(about: str, element: str, version: int | None) -> str:
    """Return where the section stands that a report is about."""
    kind, _, slug = about.partition("/")
    if slug:
        place = reverse({"law": "regulation"}.get(kind, kind), args=[slug])
    elif version and about.startswith("CA-D-") and element in OF_VERSION:
        place = reverse("revision", args=[about, version])
    else:
        place = reverse("record", args=[about])
    return f"{place}#h-{element}" if element else place


def key_of(found: Any) -> str:
    """Return the key under which reports about a row are kept."""
    if isinstance(found, Clause | Document | ChangeRecord):
        return found.record_id
    kinds = {Platform: "platform", ClauseType: "type", Regulation: "law"}
    return f"{kinds[type(found)]}/{found.slug}"
