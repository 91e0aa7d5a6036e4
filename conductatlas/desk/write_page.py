"""What the page on which an analysis is written shows beside its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from clauses.acts.check_draft import check_draft
from clauses.acts.start_draft import is_pinned_elsewhere
from clauses.drafted import PARTS
from clauses.models import Agency, Analysis, Article, Explanation, Jurisdiction
from clauses.published import passages_of
from conductatlas.desk.roles import CURATOR
from conductatlas.desk.write_conflict import Difference, Saved, latest_save
from conductatlas.desk.write_form import LABELS, Form

SCRIPT: Any = Script("js/desk-write.js", defer=True)
MEDIA = Media(css={"all": ["css/tokens.css", "css/desk-write.css"]}, js=[SCRIPT])
LATEST_NOTES = 20


@dataclass(slots=True)
class Page:
    """One answer with the form: what is in it, why it was not saved if so, and what another wrote."""

    analysis: Analysis
    form: Form
    edition: int
    said: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    differences: Sequence[Difference] = ()
    saved: Saved | None = None
    status: int = 200


def writing_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Show the form with the words that it is about, the checks, the notes and the earlier saves beside it."""
    analysis, clause, form = page.analysis, page.analysis.clause, page.form
    last = Analysis.objects.numbered().filter(clause=clause).last()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Write: {clause.title}",
        "page": page,
        "analysis": analysis,
        "clause": clause,
        "document": clause.document,
        "words": form.words(),
        "choices": form.choices(),
        "factors": form.factors(),
        "severity": form.severity(),
        "parts": {part: form.rows(part) for part in PARTS},
        "labels": LABELS,
        "faults": list(page.faults.items()),
        "part_faults": {part: page.faults.get(part, "") for part in PARTS},
        "passages": passages_of(analysis),
        "is_pinned_elsewhere": is_pinned_elsewhere(analysis),
        "general": Explanation.objects.filter(type=clause.type_id).first(),
        "checks": check_draft(analysis),
        "notes": clause.notes.select_related("by")[:LATEST_NOTES],
        "typed_note": request.POST.get("note_words", "") if page.status != 200 else "",
        "writers": writers(),
        "last": last,
        "latest": latest_save(analysis),
        "at": request.GET.get("at", ""),
        "articles": [str(article) for article in _articles()],
        "agencies": Agency.objects.order_by("name").values_list("name", flat=True),
        "places": Jurisdiction.objects.values_list("name", flat=True),
        "media": MEDIA,
    }
    return TemplateResponse(request, "desk/write.html", context, status=page.status)


def closed_page(request: HttpRequest, analysis: Analysis) -> HttpResponse:
    """Say of an analysis that is no draft what it is, and where to go on."""
    context = {
        **admin.site.each_context(request),
        "title": analysis.title,
        "analysis": analysis,
        "clause": analysis.clause,
    }
    return TemplateResponse(request, "desk/write_closed.html", context)


def checks_as_html(analysis: Analysis) -> str:
    """Return the list of checks as the page has it, for the script that saves."""
    return render_to_string("desk/write_checks.html", {"checks": check_draft(analysis)})


def writers() -> QuerySet[User]:
    """Return the people to whom a draft can be given: curators, and superusers."""
    curators = User.objects.filter(is_active=True, is_staff=True, groups__name=CURATOR)
    return (curators | User.objects.filter(is_active=True, is_superuser=True)).distinct().order_by("username")


def _articles() -> QuerySet[Article]:
    return Article.objects.select_related("regulation").order_by("regulation__short_name", "position")
