"""Finds platforms, documents and versions by the words of an address, following slugs that were issued before."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from platforms.models import Document, IssuedSlug, Platform, Takedown, Version


class Moved(Exception):
    """What an address names has other words in it now: `words` are those of the URL's arguments that changed.

    The same page of it answers under them (platforms.middleware), whatever stands beneath it.
    """

    def __init__(self, **words: str) -> None:
        super().__init__(words)
        self.words = words


class Gone(Exception):
    """What an address named was taken back for good; `says` why, `since` when."""

    def __init__(self, says: str, since: datetime | None) -> None:
        super().__init__(says)
        self.says = says
        self.since = since


class Hidden(Exception):
    """The evidence was taken down."""

    def __init__(self, takedown: Takedown) -> None:
        super().__init__(takedown.public_reason)
        self.takedown = takedown


def find_platform(slug: str) -> Platform:
    """Return the platform with this slug. Raises Moved for a former slug, Http404 where there was never one."""
    found = Platform.objects.select_related("operator", "sector").filter(slug=slug).first()
    if found is not None:
        return found
    holder = IssuedSlug.objects.holder(scope="platform", slug=slug)
    now = Platform.objects.filter(pk=holder).first() if holder else None
    if now is not None:
        raise Moved(platform=now.slug)
    raise Http404(f"There is no platform called “{slug}” here.")


def find_document(platform: str, document: str) -> Document:
    """Return the document with these slugs. Raises Moved for former slugs, Http404 where there was never one."""
    related = ("platform__operator", "platform__sector", "collection", "latest_version")
    found = Document.objects.select_related(*related).filter(platform__slug=platform, slug=document).first()
    if found is not None:
        return found
    holder = IssuedSlug.objects.holder(scope="platform", slug=platform)
    holder = holder and IssuedSlug.objects.holder(scope=f"document:{holder}", slug=document)
    now = Document.objects.select_related("platform").filter(pk=holder).first() if holder else None
    if now is not None:
        raise Moved(platform=now.platform.slug, document=now.slug)
    raise Http404(f"No document called “{document}” is kept of a platform called “{platform}”.")


def find_version(platform: str, document: str, number: int) -> Version:
    """Return a version with what its page shows of it, without its text.

    Raises Moved, Http404, or Hidden where the version was taken down.
    """
    found = (
        Version.objects.select_related(
            "document__platform__operator",
            "document__collection",
            "document__latest_version",
            "snapshot__collection",
            "version_class__compared_with",
            "version_class__returns_to",
        )
        .filter(document__platform__slug=platform, document__slug=document, number=number)
        .first()
    )
    if found is None:
        kept = find_document(platform, document)
        raise Http404(f"{kept.title} has no version {number}. Its history lists the versions there are.")
    takedown = Takedown.objects.filter(version=found).first()
    if takedown is not None:
        raise Hidden(takedown)
    return found
