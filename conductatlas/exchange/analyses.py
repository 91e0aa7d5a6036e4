"""Analyses as a table: the newest of each clause is taken out, and what is taken in becomes a draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from clauses.acts.write_analysis import ActionDraft, Draft, IncompleteAnalysis, LawDraft, write_analysis
from clauses.models import Analysis, AnalysisState, Clause
from clauses.rubric import MOST_POINTS
from conductatlas.exchange.files import Cells
from conductatlas.exchange.rows import Fault, Taken
from conductatlas.records.ids import parse_record_id
from platforms.models import Version

CHOICES = ("stance", "ground", "confidence", "refusal", "anonymised", "exposure")
PROSE = (
    "confidence_reason", "summary", "why", "note", "impact", "landscape", "exposure_text", "jurisdictions",
    "contracts", "compliance",
)  # fmt: skip
POINTS = ("rights", "choice", "reach", "exposure_points", "discretion", "sensitivity")
FINDINGS = ("rights_finding", "choice_finding", "reach_finding", "exposure_finding", "discretion_finding",
            "sensitivity_finding")  # fmt: skip
PARTS = ("paragraphs", "actions", "laws", "agencies")
"""Columns that hold JSON: numbers of paragraphs, and lists of objects."""
SAID = ("state", "revision")
"""Columns that are taken out for people to see, and mean nothing when they are taken in."""


class AnalysisTable:
    """One row a clause: its newest analysis. A row that says something else than that becomes a new draft."""

    name, about = "analyses", "the newest analysis of each clause; what is taken in becomes a draft"
    key: tuple[str, ...] = ("clause",)
    permissions: tuple[str, ...] = ("clauses.add_analysis",)

    def columns(self) -> list[str]:
        """Return the columns in their order."""
        return ["clause", *SAID, "version", "title", *CHOICES, *PROSE, *POINTS, *FINDINGS, *PARTS]

    def every_row(self) -> Iterator[dict[str, str]]:
        """Yield the newest analysis of every clause that has one."""
        newest = Analysis.objects.filter(clause=OuterRef("clause")).order_by("-pk").values("pk")[:1]
        rows = Analysis.objects.filter(pk=Subquery(newest)).order_by("clause")
        for analysis in _with_parts(rows).iterator(chunk_size=200):
            yield self._cells(analysis)

    def take(self, cells: Cells, by: User) -> Taken:
        """Write a draft, where the row differs from the newest analysis of its clause."""
        named = parse_record_id(cells.get("clause", ""))
        clause = Clause.objects.filter(pk=named.number).first() if named and named.letter == "P" else None
        if clause is None:
            return Taken(None, None, [Fault("clause", "There is no such clause; write its id as CA-P-010005.")])
        newest = _with_parts(Analysis.objects.filter(clause=clause)).order_by("-pk").first()
        before = self._cells(newest) if newest is not None else None
        given = {name: cells.get(name, (before or {}).get(name, "")).strip() for name in self.columns()}
        if before is not None and all(_same(name, given[name], before[name]) for name in given if name not in SAID):
            return Taken(before, before)
        draft, version, faults = _draft(given, clause)
        if newest is not None and newest.state in (AnalysisState.DRAFT, AnalysisState.IN_REVIEW):
            faults.append(Fault("clause", "A draft of this clause is being written; publish or delete it first."))
        if faults or version is None:
            return Taken(before, None, faults)
        try:
            with transaction.atomic():
                made = write_analysis(clause=clause, version=version, draft=draft, by=by, at=timezone.now())
        except IncompleteAnalysis as fault:
            return Taken(before, None, [Fault("", str(fault))])
        return Taken(before, self._cells(_with_parts(Analysis.objects.filter(pk=made.pk)).get()))

    def _cells(self, analysis: Analysis) -> dict[str, str]:
        """Return an analysis as cells, the parts as JSON."""
        plain = ("title", *CHOICES, *PROSE, *POINTS, *FINDINGS)
        return {
            "clause": analysis.clause.record_id,
            "state": analysis.state,
            "revision": str(analysis.number or ""),
            "version": str(analysis.version.number),
            **{name: str(getattr(analysis, name)) for name in plain},
            **{name: json.dumps(value, ensure_ascii=False, sort_keys=True) for name, value in _parts(analysis).items()},
        }


def _with_parts(rows: Any) -> Any:
    return rows.select_related("clause", "version").prefetch_related(
        "pins", "actions__rests_on__regulation", "actions__where", "laws__article__regulation", "agencies__agency"
    )


def _parts(analysis: Analysis) -> dict[str, Any]:
    laws: dict[str, dict[str, Any]] = {}
    for link in analysis.laws.all():
        law = link.article.regulation.slug
        entry = laws.setdefault(law, {"law": law, "articles": [], "reason": link.reason})
        entry["articles"].append(link.article.label)
    return {
        "paragraphs": [pin.ordinal for pin in analysis.pins.all()],
        "actions": [
            {
                "title": action.title,
                "steps": action.steps,
                "contact": action.contact,
                "rests_on": sorted([a.regulation.slug, a.label] for a in action.rests_on.all()),
                "where": sorted(place.code for place in action.where.all()),
            }
            for action in analysis.actions.all()
        ],
        "laws": list(laws.values()),
        "agencies": [{"agency": link.agency.slug, "reason": link.reason} for link in analysis.agencies.all()],
    }


def _same(name: str, given: str, before: str) -> bool:
    if name not in PARTS:
        return given == before.strip()
    try:
        return bool(json.loads(given or "[]") == json.loads(before))
    except ValueError:
        return False


def _draft(given: dict[str, str], clause: Clause) -> tuple[Draft, Version | None, list[Fault]]:
    """Return the draft that cells make, the version that it is for, and what is wrong with them."""
    faults: list[Fault] = []
    fields: dict[str, Any] = {name: given[name] for name in (*PROSE, *FINDINGS)}
    for name in CHOICES:
        fields[name] = given[name]
        known = [value for value, _ in _column(name).choices or ()]
        if given[name] not in known:
            faults.append(Fault(name, f"Choose one of: {', '.join(map(str, known))}."))
    for name in POINTS:
        fields[name] = int(given[name]) if given[name].isdigit() and len(given[name]) == 1 else 9
        if fields[name] > MOST_POINTS:
            faults.append(Fault(name, f"A number from 0 to {MOST_POINTS}."))
    for name in ("title", "confidence_reason", *FINDINGS):
        longest = _column(name).max_length
        if longest is not None and len(given[name]) > longest:
            faults.append(Fault(name, f"At most {longest} characters; these are {len(given[name])}."))
    if not given["title"]:
        faults.append(Fault("title", "An analysis has a title."))
    number = int(given["version"]) if given["version"].isdigit() and len(given["version"]) < 10 else -1
    version = Version.objects.filter(document=clause.document_id, number=number).first()
    if version is None:
        faults.append(Fault("version", "The document has no version of this number."))
    parts = {name: _list(name, given[name], faults) for name in PARTS}
    draft = Draft(
        title=given["title"],
        fields=fields,
        paragraphs=[number for number in parts["paragraphs"] if isinstance(number, int)],
        actions=_each("actions", parts["actions"], faults, _action),
        laws=_each("laws", parts["laws"], faults, lambda one: LawDraft(one["law"], one["articles"], one["reason"])),
        agencies=_each("agencies", parts["agencies"], faults, lambda one: (one["agency"], one["reason"])),
    )
    return draft, version, faults


def _column(name: str) -> models.Field[Any, Any]:
    column = Analysis._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def _list(name: str, cell: str, faults: list[Fault]) -> list[Any]:
    try:
        value = json.loads(cell or "[]")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list):
        faults.append(Fault(name, "The cell holds a list in JSON; take the table out to see how it is written."))
        return []
    return value


def _each(name: str, values: list[Any], faults: list[Fault], make: Any) -> list[Any]:
    made = []
    for place, value in enumerate(values, start=1):
        try:
            made.append(make(value))
        except (KeyError, TypeError, ValueError) as fault:
            faults.append(Fault(name, f"Item {place} lacks {fault}, or has it in another form."))
    return made


def _action(one: dict[str, Any]) -> ActionDraft:
    return ActionDraft(
        title=one["title"],
        steps=one["steps"],
        contact=one.get("contact", ""),
        rests_on=[(law, label) for law, label in one.get("rests_on", [])],
        where=[str(code) for code in one.get("where", [])],
    )
