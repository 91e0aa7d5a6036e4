"""The audit trail at the desk: who did what, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from clauses.models import Analysis
from conductatlas.audit import LOADED, PARTLY, WHOLE
from conductatlas.desk.access import needs
from conductatlas.models import AuditEntry, AuditQuerySet
from conductatlas.records.ids import RecordId, parse_record_id
from platforms.keyset import keyset_page

PAGE = 50
TABLES = [
    *WHOLE, *LOADED, *PARTLY,
    "clauses_passage", "conductatlas_correction", "conductatlas_reply", "conductatlas_replywithdrawal",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it: each column that changed with its value before and after."""

    entry: AuditEntry
    subject: str
    columns: list[tuple[str, Any, Any]]


@needs("conductatlas.view_auditentry")
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """List what was done, by filters for person, record, kind of row and day; pages by keyset."""
    faults: list[str] = []
    entries = _filtered(request, faults)
    found = keyset_page(entries.select_related("person"), order=("-pk",), after=request.GET.get("after", ""), size=PAGE)
    names = _names()
    kept = request.GET.copy()
    kept["after"] = found.next_after
    context = {
        **admin.site.each_context(request),
        "title": "What was done",
        "lines": [Line(entry, names.get(entry.table, entry.table), _columns(entry)) for entry in found.rows],
        "older": f"?{kept.urlencode()}" if found.next_after else "",
        "faults": faults,
        "asked": {name: request.GET.get(name, "") for name in ("person", "record", "table", "day")},
        "tables": sorted(((table, names[table]) for table in TABLES), key=lambda one: one[1]),
    }
    return TemplateResponse(request, "desk/audit.html", context)


@cache
def _names() -> dict[str, str]:
    """Return what people call the rows of each table."""
    return {
        model._meta.db_table: str(model._meta.verbose_name).replace("-", " ").capitalize()
        for model in apps.get_models(include_auto_created=True)
    }


def _filtered(request: HttpRequest, faults: list[str]) -> AuditQuerySet:
    """Return the entries that were asked for; what cannot be read is named in `faults` and left out."""
    entries = AuditEntry.objects.all()
    asked = {name: request.GET.get(name, "").strip() for name in ("person", "record", "table", "day")}
    if asked["person"] == "machine":
        entries = entries.filter(person=None)
    elif asked["person"]:
        entries = entries.filter(person__username=asked["person"])
    if asked["table"]:
        entries = entries.filter(table=asked["table"])
    if asked["day"]:
        try:
            start = datetime.combine(date.fromisoformat(asked["day"]), time(), UTC)
            entries = entries.filter(at__gte=start, at__lt=start + timedelta(days=1))
        except ValueError:
            faults.append("The day is written as 2026-11-24.")
    if asked["record"]:
        named = parse_record_id(asked["record"])
        if named is None:
            faults.append(
                f"“{asked['record']}” is no id of a record; write it as CA-P-010005, CA-D-00490 or CA-C-002329."
            )
        else:
            entries = _about(entries, named)
    return entries


def _about(entries: AuditQuerySet, named: RecordId) -> AuditQuerySet:
    if named.letter == "P":
        return entries.about_clause(
            named.number, list(Analysis.objects.filter(clause=named.number).values_list("pk", flat=True))
        )
    return entries.about_row({"D": "platforms_document", "C": "changes_changerecord"}[named.letter], named.number)


def _columns(entry: AuditEntry) -> list[tuple[str, Any, Any]]:
    before, after = entry.before or {}, entry.after or {}
    names = sorted({*before, *after} - {"id"})
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
