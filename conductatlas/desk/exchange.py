"""Tables in and out at the desk: download, try a file, see what would become of each row, take it in."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from conductatlas.desk.access import forbidden, needs
from conductatlas.desk.pages import person
from conductatlas.exchange import TABLES
from conductatlas.exchange.files import FORMATS, UnreadableFile, read_table, write_csv, write_json
from conductatlas.exchange.plan import CHANGED, NEW, UNCHANGED, WRONG, NotTaken, Plan, Table, take_table, try_table

LARGEST = 1_500_000
"""Bytes of a file that goes through the browser; a larger one goes through `import_table`."""
SHOWN = 300
"""Rows of a plan that the page shows, the wrong ones first."""
_ORDER = (WRONG, CHANGED, NEW, UNCHANGED)
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@needs("clauses.view_clause")
@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """List the tables, with their downloads and the way in."""
    context = {
        **admin.site.each_context(request),
        "title": "Tables in and out",
        "tables": [(table, request.user.has_perms(table.permissions)) for table in TABLES.values()],
        "formats": FORMATS,
    }
    return TemplateResponse(request, "desk/tables.html", context)


@needs("clauses.view_clause")
@require_safe
def download(request: HttpRequest, name: str, format: str) -> HttpResponseBase:
    """Answer a table as a file, row by row."""
    table = _table(name)
    if format not in FORMATS:
        raise Http404(f"A table is taken out as one of: {', '.join(FORMATS)}.")
    lines = (write_json if format == "json" else write_csv)(table.columns(), table.every_row())
    answer = StreamingHttpResponse((line.encode() for line in lines), content_type=_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.{format}"'
    return answer


@needs("clauses.view_clause")
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form that takes a table in, with its columns."""
    found = _table(name)
    refused = _refused(request, found)
    return refused or _page(request, found)


@needs("clauses.view_clause")
@require_POST
def trial(request: HttpRequest, name: str) -> HttpResponse:
    """Try a file or pasted lines, and show what would become of each row."""
    found = _table(name)
    if refused := _refused(request, found):
        return refused
    upload, pasted = request.FILES.get("file"), request.POST.get("lines", "")
    if upload is not None and (upload.size or 0) > LARGEST:
        return _page(request, found, fault=f"The file has {upload.size:,} bytes; the browser takes {LARGEST:,}. "
                     f"Use `manage.py import_table {found.name}` for it.", status=413)  # fmt: skip
    body = upload.read() if upload is not None else pasted.encode()
    try:
        rows = read_table(body, found.columns(), found.key)
    except UnreadableFile as fault:
        return _page(request, found, fault=str(fault), status=422)
    return _page(request, found, plan=try_table(found, rows, by=person(request)), body=body)


@needs("clauses.view_clause")
@require_POST
def take(request: HttpRequest, name: str) -> HttpResponse:
    """Take in what was tried: just that, or nothing."""
    found = _table(name)
    if refused := _refused(request, found):
        return refused
    try:
        body = base64.b64decode(request.POST.get("body", ""), validate=True)
        rows = read_table(body, found.columns(), found.key)
        plan = take_table(found, rows, by=person(request), digest=request.POST.get("digest", ""))
    except (binascii.Error, UnreadableFile) as fault:
        return _page(request, found, fault=f"What came is no longer what was tried: {fault}", status=422)
    except NotTaken as fault:
        return _page(request, found, fault=str(fault), plan=fault.plan, body=body, status=409)
    messages.success(request, f"{found.name}: {plan.account}; taken in.")
    return redirect("admin:desk:tables")


def _page(
    request: HttpRequest,
    found: Table,
    *,
    fault: str = "",
    plan: Plan | None = None,
    body: bytes = b"",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Take in: {found.name}",
        "table": found,
        "columns": found.columns(),
        "fault": fault,
        "typed": request.POST.get("lines", ""),
    }
    if plan is not None:
        shown = sorted(plan.rows, key=lambda row: (_ORDER.index(row.state), row.number))[:SHOWN]
        context |= {
            "plan": plan,
            "counts": [(state, plan.count(state)) for state in _ORDER],
            "shown": shown,
            "left": len(plan.rows) - len(shown),
            "body": base64.b64encode(body).decode(),
            "changes": plan.count(NEW) + plan.count(CHANGED),
        }
    return TemplateResponse(request, "desk/table.html", context, status=status)


def _table(name: str) -> Table:
    if name not in TABLES:
        raise Http404(f"There is no table {name}; there are: {', '.join(TABLES)}.")
    return TABLES[name]


def _refused(request: HttpRequest, found: Table) -> HttpResponse | None:
    lacking = [permission for permission in found.permissions if not request.user.has_perm(permission)]
    return forbidden(request, lacking[0]) if lacking else None
