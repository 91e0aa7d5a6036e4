"""The words that a report is about, as they stand on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.utils.text import Truncator

from clauses.find import quoted_passages
from clauses.models import Clause, ClauseType
from conductatlas.corrections.subjects import Subject
from platforms.models import Takedown

MOST = 1200
"""Characters of each part that the form repeats; the page has the rest."""
MEANING = ("summary", "why", "note", "impact")
INSTITUTIONAL = ("landscape", "exposure", "jurisdictions", "contracts", "compliance")


def as_it_stands(subject: Subject, element: str) -> list[str]:
    """Return the words of a section, none where it has no words of its own. What was taken down is not repeated."""
    words_of = PARTS.get(subject.kind)
    found = words_of(subject.found, element) if words_of is not None else []
    return [Truncator(words).chars(MOST) for words in found if words]


def _clause(clause: Clause, element: str) -> list[str]:
    if element in ("", "words"):
        if Takedown.objects.filter(version=clause.last_seen_id).exists():
            return []
        return [passage.provision.words for passage in quoted_passages(clause)[:3]]
    record = json.loads(bytes(clause.analysis.record or b"null")) if clause.analysis is not None else None
    if record is None:
        return _type(clause.type, "meaning") if element == "meaning" else []
    return _analysis(record, element)


def _analysis(record: dict[str, Any], element: str) -> list[str]:
    own = record["institutional"]
    found: dict[str, list[str]] = {
        "meaning": [record[name] for name in MEANING],
        "do": [f"{action['title']}: {action['steps']}" for action in record["actions"]],
        "analysis": [own["exposure"]["text"] if name == "exposure" else own[name] for name in INSTITUTIONAL],
        "law": [f"{law['short_name']}: {article['reason']}" for law in record["laws"] for article in law["articles"]],
    }  # fmt: skip
    return found.get(element, [])


def _change(record: Any, element: str) -> list[str]:
    return [record.title, record.summary] if element in ("", "means") else []


def _type(clause_type: ClauseType, element: str) -> list[str]:
    if element in ("", "definition"):
        return [f"It is: {clause_type.is_when}.", f"It is not: {clause_type.is_not}."]
    told = getattr(clause_type, "explanation", None)
    return [told.does, told.matters, told.look_for, told.can_do] if told and element == "meaning" else []


def _law(law: Any, element: str) -> list[str]:
    return [law.summary, law.status_note] if element in ("", "summary") else []


def _platform(platform: Any, element: str) -> list[str]:
    return [platform.description] if not element else []


PARTS: dict[str, Callable[[Any, str], list[str]]] = {
    "P": _clause,
    "C": _change,
    "type": _type,
    "law": _law,
    "platform": _platform,
}
"""What gives the words, for each kind of page; of a document the page itself has them."""
