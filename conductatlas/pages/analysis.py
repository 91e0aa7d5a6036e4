"""What is published about a clause, as its page shows it: a rendering of the record that was stored (rule 10)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from changes.text.one_passage import changed
from changes.text.rows import Run
from clauses.models import Analysis, Exposure, Severity, Stance
from clauses.text.laws import LawNames

WRITTEN_FOR = "Words it was written for"
SECTIONS = (
    ("landscape", "Regulatory landscape"),
    ("exposure", "Governance exposure"),
    ("jurisdictions", "Jurisdiction flags"),
    ("contracts", "Contract and vendor implications"),
    ("compliance", "Compliance considerations"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the five headed parts of the institutional analysis."""

    anchor: str
    heading: str
    words: SafeString
    number: int

    @property
    def pointer(self) -> str:
        """Return where the record has its words (RFC 6901)."""
        return f"/institutional/{self.anchor}" + ("/text" if self.anchor == "exposure" else "")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The record of a published revision, and its prose with each law linked where it is first named."""

    record: dict[str, Any]
    prose: dict[str, SafeString]
    sections: list[Section]
    laws: list[dict[str, Any]]
    actions: list[dict[str, Any]]

    @property
    def number(self) -> int:
        """Return the number of the revision."""
        return int(self.record["revision"])

    @property
    def published_at(self) -> datetime:
        """Return when it was published."""
        return datetime.fromisoformat(self.record["published_at"])

    @property
    def differs(self) -> bool:
        """Tell whether governance exposure and severity differ."""
        return bool(self.record["severity"]["level"] != self.record["institutional"]["exposure"]["level"])


@dataclass(frozen=True, slots=True)
class Shown(Rendered):
    """A published revision as the page of its clause shows it."""

    analysis: Analysis

    @property
    def was_written_for_other_version(self) -> bool:
        """Tell whether it was written for another version than the one quoted; the page says which."""
        return self.analysis.version_id != self.analysis.clause.last_seen_id


def present(analysis: Analysis) -> Shown:
    """Return a published analysis as pages show it, from its stored record alone."""
    rendered = render_record(json.loads(bytes(analysis.record or b"{}")))
    return Shown(**{field.name: getattr(rendered, field.name) for field in fields(rendered)}, analysis=analysis)


def render_record(record: dict[str, Any]) -> Rendered:
    """Return the record of an analysis as pages show it."""
    names = LawNames({law["slug"]: [law["short_name"], law["name"], *law["other_names"]] for law in record["laws"]})
    institutional = record["institutional"]
    prose = {name: linked(record[name], names) for name in ("summary", "why", "note", "impact")}
    sections = []
    for number, (key, heading) in enumerate(SECTIONS, start=1):
        words = institutional[key]
        if key == "exposure":
            heading = f"{heading}: {Exposure(words['level']).label.lower()}"
            words = words["text"]
        sections.append(Section(key, heading, linked(words, names), number))
    return Rendered(
        record=record,
        prose=prose,
        sections=sections,
        laws=[_law(law) for law in record["laws"]],
        actions=[action | {"steps": linked(action["steps"], names)} for action in record["actions"]],
    )


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision with what it changed against the one before it: a field's name, and the parts of its comparison."""

    revision: Analysis
    changes: list[tuple[str, list[Run]]]


def revised(revisions: Sequence[Analysis]) -> list[Revised]:
    """Return revisions, the newest first as given, each compared with the one before it.

    Words of a version that was taken down are not among what is compared (`is_hidden`).
    """
    records = [json.loads(bytes(revision.record or b"{}")) for revision in revisions]
    found = []
    for place, revision in enumerate(revisions):
        changes = []
        if place + 1 < len(revisions):
            changes = compared(records[place + 1], records[place])
            if any(getattr(one, "is_hidden", False) for one in revisions[place : place + 2]):
                changes = [(name, runs) for name, runs in changes if name != WRITTEN_FOR]
        found.append(Revised(revision, changes))
    return found


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, list[Run]]]:
    """Return the fields that differ between two records, each with the parts of its comparison."""
    before, after = fields_of(old), fields_of(new)
    return [(name, changed(before[name], after[name])) for name in after if before[name] != after[name]]


def fields_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Return what a record says, field by field, as words that can be compared."""
    severity = record["severity"]
    institutional = record["institutional"]
    return {
        "Title": record["title"],
        "Severity": f"{Severity(severity['level']).label}, {severity['points']} points",
        "Stance": Stance(record["stance"]).label,
        "Confidence": f"{record['confidence']['level']}: {record['confidence']['reason']}",
        "What it is": record["summary"],
        "Why it matters": record["why"],
        "Interpretive note": record["note"],
        "For you": record["impact"],
        "What you can do": " ".join(f"{action['title']}. {action['steps']}" for action in record["actions"]),
        "Regulatory landscape": institutional["landscape"],
        "Governance exposure": f"{institutional['exposure']['level']}: {institutional['exposure']['text']}",
        "Jurisdiction flags": institutional["jurisdictions"],
        "Contract and vendor implications": institutional["contracts"],
        "Compliance considerations": institutional["compliance"],
        "Law": ", ".join(
            f"{law['short_name']} {article['label']}" for law in record["laws"] for article in law["articles"]
        ),
        "Agencies": ", ".join(agency["name"] for agency in record["agencies"]),
        WRITTEN_FOR: " […] ".join(passage["quotation"] for passage in record["passages"]),
    }


def linked(prose: str, names: LawNames) -> SafeString:
    """Return prose as HTML, each law linked to its page where it is first named."""
    parts: list[str] = []
    position, seen = 0, set()
    for mention in names.mentions(prose):
        if mention.law in seen:
            continue
        seen.add(mention.law)
        words = escape(prose[mention.start : mention.end])
        parts.append(escape(prose[position : mention.start]))
        parts.append(f'<a href="{reverse("regulation", args=[mention.law])}">{words}</a>')
        position = mention.end
    return mark_safe("".join([*parts, escape(prose[position:])]))  # noqa: S308 - every part is escaped


def _law(law: Mapping[str, Any]) -> dict[str, Any]:
    """Return a law as the table shows it: its articles, and each reason once."""
    reasons = list(dict.fromkeys(article["reason"] for article in law["articles"]))
    applies = law["applies_from"]
    return dict(law) | {"reasons": reasons, "since": datetime.fromisoformat(applies) if applies else None}
