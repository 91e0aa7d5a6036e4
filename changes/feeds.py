"""Atom feeds of changes: of everything, a platform, a document, a type of clause, one clause.

An entry's id is made of the record's number, so that neither a new title nor a new revision makes it another entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Min, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import condition, require_safe

from changes.atom import CONTENT_TYPE, Entry, Feed, write
from changes.limits import is_comparable
from changes.models import ChangeRecord, ChangeRevision
from changes.models.change_record import ChangeRecordQuerySet
from changes.presenting import bounded
from changes.text.compare import COMPARISON_RELEASE, compare
from changes.text.rows import as_html, rows
from clauses.find import refuse_rejected
from clauses.models import Clause, ClauseType, State
from clauses.published import byline
from platforms.find import Moved, find_document, find_platform
from platforms.models import StoredText

ENTRIES = 30
SPELLED_OUT = 20
"""Changed passages that an entry spells out; its page has the others."""
CHARACTERS = 20_000
"""Characters of changed passages that an entry spells out."""
COMPARED_AT_ONCE = 6_000_000
"""Characters of texts that one answer compares; entries beyond it have a summary and a link alone."""
FEED_RELEASE = 1
TAG_YEAR = 2026
"""The year in every tag: URI (RFC 4151); it names when the scheme was chosen and never changes."""
BEFORE_ANY = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was last updated."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a feed is of: its records, its name, the page that it is of, and its own path."""

    records: ChangeRecordQuerySet
    name: str
    page: str
    path: str


@dataclass(frozen=True, slots=True)
class Stand:
    """What the newest state of a feed is, by one cheap query."""

    updated: datetime | None
    tag: str


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Answer with the latest changes of all platforms."""
    return _answer(request, Source(_all(), "All changes", reverse("changes"), reverse("feed_changes")))


@require_safe
def of_platform(request: HttpRequest, platform: str) -> HttpResponse:
    """Answer with the latest changes of a platform's documents."""
    found = find_platform(platform)
    records = _all().filter(document__platform=found)
    path = reverse("feed_platform", args=[found.slug])
    return _answer(request, Source(records, f"Changes of {found.name}", found.get_absolute_url(), path))


@require_safe
def of_document(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """Answer with the latest changes of a document."""
    found = find_document(platform, document)
    path = reverse("feed_document", args=[found.platform.slug, found.slug])
    name = f"Changes of the {found.full_title}"
    return _answer(request, Source(_all().filter(document=found), name, found.get_absolute_url(), path))


@require_safe
def of_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the latest changes that touched a clause of a type."""
    found = get_object_or_404(ClauseType, slug=slug)
    path = reverse("feed_type", args=[found.slug])
    name = f"Changes of clauses: {found.name}"
    return _answer(request, Source(_all().touching_type(found.pk), name, found.get_absolute_url(), path))


@require_safe
def of_clause(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with the latest changes that touched one clause."""
    found = Clause.objects.select_related("document__platform", "merged_into").filter(pk=int(number)).first()
    if found is None or found.record_id != f"CA-P-{number}":
        raise Http404(f"There is no clause CA-P-{number} here.")
    if found.state == State.MERGED and found.merged_into is not None:
        raise Moved(number=found.merged_into.record_id.removeprefix("CA-P-"))
    refuse_rejected(found)
    name = f"Changes of “{found.title}” of {found.document.full_title}"
    path = reverse("feed_clause", args=[number])
    return _answer(request, Source(_all().touching(found.pk), name, found.get_absolute_url(), path))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show which feeds there are."""
    return render(request, "changes/feeds.html", {"types": ClauseType.objects.all(), "entries": ENTRIES})


def _all() -> ChangeRecordQuerySet:
    return ChangeRecord.objects.shown().counted().exclude(revision=None)


def _answer(request: HttpRequest, source: Source) -> HttpResponse:
    """Answer with a feed, or with 304 where nothing of it changed."""
    stand = _stand(source)
    conditional = condition(etag_func=lambda request: stand.tag, last_modified_func=lambda request: stand.updated)
    return conditional(lambda request: _written(source, stand))(request)


def _stand(source: Source) -> Stand:
    """Return where a feed stands. A revision that came, a record that came or went: each changes the tag. One query."""
    found = source.records.aggregate(
        updated=Max("revision__published_at"), newest=Max("revision"), records=Count("revision")
    )
    said = (FEED_RELEASE, COMPARISON_RELEASE, settings.SITE_URL, source.name, *found.values())
    return Stand(found["updated"], f'"{sha256(repr(said).encode()).hexdigest()[:32]}"')


def _written(source: Source, stand: Stand) -> HttpResponse:
    first = ChangeRevision.objects.filter(record=OuterRef("pk")).order_by().values("record")
    records = list(
        source.records.latest_first()
        .select_related("document__platform", "version__text", "before__text", "revision__published_by")
        .defer("version__text__body", "before__text__body", "revision__content")
        .annotate(first_published_at=Subquery(first.annotate(at=Min("published_at")).values("at")))[:ENTRIES]
    )
    contents = _contents(records)
    feed = Feed(
        id=tag_of(f"feed:{source.path.removeprefix('/feeds/').removesuffix('.atom')}"),
        title=f"{source.name}, ConductAtlas",
        link=settings.SITE_URL + source.page,
        itself=settings.SITE_URL + source.path,
        updated=stand.updated or BEFORE_ANY,
        author=publisher(),
    )
    return HttpResponse(write(feed, [_entry(record, contents) for record in records]), content_type=CONTENT_TYPE)


def _entry(record: ChangeRecord, contents: dict[int, str]) -> Entry:
    revision, platform = record.revision, record.document.platform
    assert revision is not None  # a feed has none without
    link = settings.SITE_URL + record.get_absolute_url()
    seen = f"Seen between {_minute(record.observed_after)} and {_minute(record.observed_before)} UTC"
    return Entry(
        id=tag_of(record.record_id),
        title=f"{record.document.full_title}: {record.title}",
        link=link,
        updated=revision.published_at,
        published=record.first_published_at,  # type: ignore[attr-defined]
        author=byline(revision.published_by) or f"{publisher()}, by machine, not reviewed",
        summary=f"{record.get_severity_display()}. {record.get_direction_display()}. {seen}.\n\n{record.summary}",
        content=contents.get(record.pk, "")
        + format_html('\n<p><a href="{}">{}, with both versions and their hashes</a></p>', link, record.record_id),
        categories=[
            (record.severity, record.get_severity_display()),
            (record.direction, record.get_direction_display()),
            (platform.slug, platform.name),
        ],
    )


def _contents(records: list[ChangeRecord]) -> dict[int, str]:
    """Return the comparison of each record as HTML. Those not made before cost one query together."""
    keys = {record.pk: _key(record) for record in records}
    known = cache.get_many(keys.values())
    waiting, room = [], COMPARED_AT_ONCE
    for record in records:
        size = sum(version.text.length for version in (record.before, record.version) if version.text is not None)
        if keys[record.pk] not in known and is_comparable(size) and size <= room:
            waiting.append(record)
            room -= size
    texts = {version.text_id or 0 for record in waiting for version in (record.before, record.version)}
    bodies = dict(StoredText.objects.filter(pk__in=texts).values_list("pk", "body")) if texts else {}
    made = {
        keys[record.pk]: _html(*(bodies.get(version.text_id or 0, "") for version in (record.before, record.version)))
        for record in waiting
    }
    cache.set_many(made, timeout=None)
    return {pk: html for pk, key in keys.items() if (html := (known | made).get(key))}


def _html(old: str, new: str) -> str:
    shown, left_out = bounded(rows(compare(old, new)), most=SPELLED_OUT, characters=CHARACTERS)
    more = f"\n<p><i>{left_out} more changed passages on the page</i></p>" if left_out else ""
    return as_html(shown) + more


def _key(record: ChangeRecord) -> str:
    return f"change-html:{FEED_RELEASE}:{COMPARISON_RELEASE}:{record.before.text_id}:{record.version.text_id}"


def tag_of(name: str) -> str:
    """Return a tag: URI (RFC 4151) of this site."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{TAG_YEAR}:{name}"


def publisher() -> str:
    """Return whose feeds these are."""
    return settings.OPERATOR_NAME or "ConductAtlas"


def _minute(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y %H:%M}"
