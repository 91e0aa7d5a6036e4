"""The page on which a curator selects other words for a clause: offsets go in, never words."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from clauses.acts.move_anchor import MOVABLE, move_anchor
from clauses.models import Clause, Passage
from clauses.text.blocks import BlockKind, blocks
from clauses.text.found import heading_path
from clauses.text.sentences import sentences
from conductatlas.desk.access import needs
from conductatlas.desk.pages import page, person, refuse
from conductatlas.desk.places import latest_version
from conductatlas.desk.site import SCRIPTS
from platforms.models import Version


@dataclass(frozen=True, slots=True)
class Piece:
    """Words exactly as they stand, so that a browser counts what we count; `is_marked` within the clause."""

    words: str
    start: int
    end: int
    is_marked: bool

    @property
    def html(self) -> SafeString:
        """Return the words for a page; a carriage return by its number, for a parser of HTML would make it none."""
        return mark_safe(escape(self.words).replace("\r", "&#13;"))  # noqa: S308 - escaped here


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, to be chosen as the first or the last one."""

    start: int
    end: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, or a heading with number 0."""

    number: int
    heading: str
    words: str
    sentences: list[Sentence]


@needs("clauses.change_clause")
@require_http_methods(["GET", "POST"])
def anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the text with the clause's words marked, or take what was selected."""
    related = ("type", "document__platform", "document__latest_version__text")
    clause = get_object_or_404(Clause.objects.select_related(*related), pk=pk)
    version = latest_version(clause)
    if version is None:
        raise Http404("This document has no good version to select words in.")
    if request.method == "POST":
        return _move(request, clause, version)
    stands = Passage.objects.filter(version=version, provision__clause=clause).order_by("start")
    marked = [(passage.start, passage.end) for passage in stands]
    return page(
        request,
        "desk/anchor.html",
        f"Select other words: {clause.title}",
        clause=clause,
        version=version,
        is_movable=clause.state in MOVABLE,
        paragraphs=_paragraphs(version.body, marked),
        marked=next((passage.ordinal for passage in stands), 0),
        desk_media=Media(js=[*SCRIPTS, "js/desk-anchor.js"]),
    )


def _move(request: HttpRequest, clause: Clause, version: Version) -> HttpResponse:
    here = reverse("admin:desk:anchor", args=[clause.pk])
    try:
        if request.POST.get("version") != str(version.pk):
            raise ValidationError("A newer version has come meanwhile: select the words in it.")
        ranges = _ranges(request.POST.get("ranges", "")) or _between(request)
        made = move_anchor(clause=clause, version=version, ranges=ranges, by=person(request), at=timezone.now())
    except ValidationError as fault:
        refuse(request, fault)
        return HttpResponseRedirect(here)
    places = ", ".join(f"¶ {passage.ordinal}" for passage in made)
    messages.success(request, f"{clause.record_id} stands on the selected words now: {places}.")
    return HttpResponseRedirect(reverse("admin:desk:proposal", args=[clause.pk]))


def _ranges(written: str) -> list[tuple[int, int]]:
    """Return the ranges of "120-180 300-340". Raises ValidationError where it is something else."""
    try:
        pairs = [part.split("-") for part in written.split()]
        return [(int(start), int(end)) for start, end in pairs]
    except ValueError as fault:
        raise ValidationError("The places of the selection could not be read: select the words again.") from fault


def _between(request: HttpRequest) -> list[tuple[int, int]]:
    """Return the range from the chosen first sentence to the chosen last one."""
    first, last = (request.POST.get(name, "") for name in ("first", "last"))
    if not first.isdecimal() or not last.isdecimal():
        raise ValidationError("Choose the first and the last sentence.")
    return [(int(first), int(last))]


def _paragraphs(text: str, marked: list[tuple[int, int]]) -> list[Paragraph]:
    shown = []
    for block in blocks(text):
        words = text[block.start : block.end]
        if block.kind == BlockKind.HEADING:
            shown.append(Paragraph(0, "", words.strip("# \n"), []))
        elif block.number:
            spans = [(block.start + start, block.start + end) for start, end in sentences(words)]
            found = [Sentence(start, end, _pieces(text, start, end, marked)) for start, end in spans]
            shown.append(Paragraph(block.number, heading_path(block.heading), "", found))
    return shown


def _pieces(text: str, start: int, end: int, marked: list[tuple[int, int]]) -> list[Piece]:
    """Cut a range where marks begin and end."""
    cuts = sorted({start, end, *(cut for span in marked for cut in span if start < cut < end)})
    pairs = itertools.pairwise(cuts)
    return [Piece(text[a:b], a, b, any(one <= a and b <= other for one, other in marked)) for a, b in pairs]
