"""The page of one version: its text as a readable document, paragraphs numbered, clauses beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord
from clauses.acts.read_versions import is_readable
from clauses.models import Clause, Passage, Reading, State
from clauses.text.blocks import BlockKind, blocks
from clauses.text.classify import READER_RELEASE
from conductatlas.corrections.noted import noted
from conductatlas.pages.metadata import page_schema
from conductatlas.records.cite.kept import documents
from conductatlas.records.cite.links import signpost
from conductatlas.records.cite.shown import citing
from platforms.find import find_version
from platforms.memento import mark_as_memento
from platforms.models import Version
from platforms.text.render import render_block, render_inline

DEEPEST_HEADING = 6


@dataclass(slots=True)
class Paragraph:
    """A block of the text as shown: a heading, or a numbered paragraph with the clauses that stand in it."""

    number: int
    start: int
    end: int
    html: SafeString
    heading_level: int = 0
    clauses: list[Clause] = field(default_factory=list)


@require_safe
def version(request: HttpRequest, platform: str, document: str, number: int) -> HttpResponse:
    """Show one version."""
    shown = find_version(platform, document, number)
    kept = shown.document
    text = shown.body
    paragraphs = sheet(text)
    _mark(paragraphs, shown)
    previous, following = Version.objects.before(shown).first(), Version.objects.after(shown).first()
    for neighbour in (previous, following):
        if neighbour is not None:
            neighbour.document = kept
    context = {
        "version": shown,
        "document": kept,
        "platform": kept.platform,
        "snapshot": shown.snapshot,
        "class": getattr(shown, "version_class", None),
        "paragraphs": paragraphs,
        "contents": [p for p in paragraphs if p.heading_level == 2],
        "numbered": sum(1 for p in paragraphs if p.number),
        "clause_total": len({clause.pk for p in paragraphs for clause in p.clauses}),
        "is_read": is_readable(kept.language)
        and Reading.objects.filter(version=shown, release=READER_RELEASE).exists(),
        "reader": READER_RELEASE,
        "record": ChangeRecord.objects.shown().filter(version=shown).first(),
        "previous": previous,
        "next": following,
        "is_latest": kept.latest_version_id == shown.pk,
        "noted": noted(kept.record_id),
        "demonstration": kept.platform.is_demonstration,
        "citing": (cited := citing(documents([shown.pk]))),
        "schema": page_schema(cited, _places(shown)),
    }
    return mark_as_memento(signpost(render(request, "pages/version.html", context), cited), shown)


def _places(shown: Version) -> list[tuple[str, str]]:
    """Return the places down to a version, as its page names them."""
    document, platform = shown.document, shown.document.platform
    return [
        ("Platforms", reverse("platforms")),
        (platform.name, platform.get_absolute_url()),
        (document.title, document.get_absolute_url()),
        (f"Version {shown.number}", shown.get_absolute_url()),
    ]


def sheet(text: str) -> list[Paragraph]:
    """Return the blocks of a text rendered, headings at levels that never skip one beneath the page's own."""
    shown = []
    depth_of: dict[int, int] = {}
    for block in blocks(text):
        words = text[block.start : block.end]
        if block.kind == BlockKind.HEADING:
            depth = 1 + max((d for level, d in depth_of.items() if level < block.level), default=1)
            depth_of = {level: d for level, d in depth_of.items() if level < block.level} | {block.level: depth}
            html = draw(words, is_heading=True)
            if html.strip():
                shown.append(Paragraph(0, block.start, block.end, html, min(depth, DEEPEST_HEADING)))
        elif block.kind != BlockKind.RULE:
            shown.append(Paragraph(block.number, block.start, block.end, draw(words, is_heading=False)))
    return shown


def draw(words: str, *, is_heading: bool) -> SafeString:
    """Return safe HTML of one block of a text."""
    return mark_safe(render_inline(_heading_words(words)) if is_heading else render_block(words))  # noqa: S308 - nh3 made it


def _heading_words(words: str) -> str:
    """Return the line of a heading without its marks."""
    first = words.split("\n", 1)[0] if not words.lstrip().startswith("#") else words.lstrip().lstrip("#").strip()
    return first.strip().rstrip("#").strip().strip("*_").strip()


def _mark(paragraphs: list[Paragraph], shown: Version) -> None:
    """Put each clause beside the paragraphs that its passages touch."""
    passages = (
        Passage.objects.filter(version=shown, provision__clause__state__in=[State.PROPOSED, State.PUBLISHED])
        .select_related("provision__clause__type")
        .defer("provision__words")
        .order_by("start", "provision__clause__type__position")
    )
    numbered = [p for p in paragraphs if p.number]
    at = {p.number: p for p in numbered}
    for passage in passages:
        clause = passage.provision.clause
        clause.document = shown.document
        found = at.get(passage.ordinal)
        touched = (
            [found]
            if found is not None and passage.end <= found.end
            else [p for p in numbered if p.start < passage.end and passage.start < p.end]
        )
        for paragraph in touched:
            if clause.pk not in {one.pk for one in paragraph.clauses}:
                paragraph.clauses.append(clause)
