"""The log of corrections as an Atom feed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import condition, require_safe

from changes.atom import CONTENT_TYPE, Entry, Feed, write
from changes.feeds import BEFORE_ANY, ENTRIES, publisher, tag_of
from conductatlas.corrections.subjects import element_name
from conductatlas.models import Correction

FEED_RELEASE = 1


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the latest of the log, or with 304 where nothing was added."""
    rows = Correction.objects.counted().logged()
    stand = rows.aggregate(updated=Max("settled_at"), n=Count("pk"))
    tag = f'"{sha256(repr((FEED_RELEASE, settings.SITE_URL, *stand.values())).encode()).hexdigest()[:32]}"'
    conditional = condition(etag_func=lambda request: tag, last_modified_func=lambda request: stand["updated"])
    return conditional(lambda request: _written(stand["updated"] or BEFORE_ANY))(request)


def _written(updated: datetime) -> HttpResponse:
    rows = Correction.objects.counted().logged().order_by("-settled_at", "-pk")[:ENTRIES]
    about = Feed(
        id=tag_of("feed:corrections"),
        title="Corrections, ConductAtlas",
        link=settings.SITE_URL + reverse("corrections"),
        itself=settings.SITE_URL + reverse("feed_corrections"),
        updated=updated,
        author=publisher(),
    )
    return HttpResponse(write(about, [_entry(row) for row in rows]), content_type=CONTENT_TYPE)


def _entry(row: Correction) -> Entry:
    assert row.settled_at is not None  # held so by correction_is_open_until_somebody_answers
    section = element_name(row.about, row.element)
    return Entry(
        id=tag_of(f"correction:{row.receipt}"),
        title=f"{row.get_state_display()}: {row.name}{f', {section}' if section else ''}",
        link=settings.SITE_URL + row.get_absolute_url(),
        updated=row.settled_at,
        published=row.settled_at,
        author=publisher(),
        summary=f"{row.gist}\n\n{row.answer}",
        content=format_html("<p>{}</p>\n<p>{}</p>", row.gist, row.answer),
        categories=[(row.state, row.get_state_display())],
    )
