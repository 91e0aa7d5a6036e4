"""/cite/<record id>/v<n>.<bib|ris|csl.json|txt>: citations as files, of one revision and one day of access."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conductatlas.records.cite.bibtex import bibtex
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.kept import citations, place_of
from conductatlas.records.cite.links import describes
from conductatlas.records.cite.ris import ris
from conductatlas.records.cite.shown import FORMATS
from conductatlas.records.cite.styles import styled
from conductatlas.records.frozen import find_frozen
from conductatlas.records.named import named


@require_safe
def cite(request: HttpRequest, written: str, number: str, ending: str) -> HttpResponse:
    """Answer with the citations of a revision, the document first; `at` names words, `accessed` the day."""
    record = named(written)
    right = reverse("cite", args=[str(record), int(number), ending])
    if request.path != right:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{right}?{query}" if query else right)
    accessed = day_of_access(request.GET.get("accessed", ""))
    frozen = find_frozen(record, int(number))
    cited = citations(frozen, place_of(frozen, request.GET.get("at", "")))
    body = {"bib": bibtex, "ris": ris, "csl.json": csl_json, "txt": text}[ending](cited, accessed)
    answer = HttpResponse(body, content_type=FORMATS[ending][1])
    answer["Content-Disposition"] = f'attachment; filename="{record}-v{frozen.number}.{ending}"'
    answer["X-Robots-Tag"] = "noindex"
    answer["Link"] = describes(cited[-1].url)
    return answer


def day_of_access(written: str) -> date:
    """Return the day that is written, or today in UTC. Raises BadRequest for what is no day, or is still to come."""
    today = timezone.now().date()
    if not written:
        return today
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise BadRequest(f"“{written}” is no day; they look like {today.isoformat()}.") from error
    if day > today:
        raise BadRequest(f"Nothing can have been accessed on {day.isoformat()}: today is {today.isoformat()}.")
    return day


def csl_json(cited: Sequence[Cited], accessed: date) -> str:
    """Return the citations in CSL-JSON."""
    return json.dumps([one.as_csl(accessed) for one in cited], ensure_ascii=False, indent=2) + "\n"


def text(cited: Sequence[Cited], accessed: date) -> str:
    """Return the citations in every style, as text."""
    parts = []
    for one in cited:
        lines = [one.name, ""]
        for style in styled(one, accessed):
            lines += [f"{style.name} ({style.rules})", style.text]
            lines += [f"In the text: {style.plain_in_text}"] if style.in_text else []
            lines.append("")
        parts.append("\n".join([*lines, "What the styles have no field for", one.note, ""]))
    return "\n\n".join(parts)
