"""Takes an address in: the document that stands there is captured from now on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from platforms.acts.register import kind_and_nature, register_platform
from platforms.fetching import host_of
from platforms.models import CaptureState, Document, DocumentKind, ExtractionRule, Platform
from platforms.text.slugs import free_slug, slug_of

IS_WEB_ADDRESS = URLValidator(schemes=["http", "https"])
TAKEN = {"timeline"}
"""Words that the addresses of a platform use themselves."""


class NotAdded(ValueError):
    """An address that cannot be taken in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is told of a document to be captured.

    Attributes:
        platform: slug of its platform.
        url: where it stands.
        title: its name, such as "Privacy Policy".
        kind: a DocumentKind, or empty: told by the title.
        select: CSS selectors of its text; none: the main text is found.
        remove: CSS selectors of what is left out.
        platform_name: name of the platform, which is then registered if there is none of that slug.
    """

    platform: str
    url: str
    title: str
    kind: str = ""
    select: tuple[str, ...] = field(default=())
    remove: tuple[str, ...] = field(default=())
    platform_name: str = ""


@transaction.atomic
def add_document(*, address: Address, at: datetime) -> tuple[Document, bool]:
    """Return the document of an address, and whether it is new; one that is there keeps what it has.

    Raises NotAdded.
    """
    _check(address)
    platform = _platform(address, at)
    found = Document.objects.filter(platform=platform, source_url=address.url).first()
    if found is not None:
        return found, False
    kind, nature = kind_and_nature(address.title)
    slugs = {*Document.objects.filter(platform=platform).values_list("slug", flat=True), *TAKEN}
    document = Document.objects.create(
        platform=platform,
        slug=free_slug(slug_of(address.title, fallback="document"), slugs),
        title=address.title,
        kind=address.kind or kind,
        nature=nature,
        source_url=address.url,
        added_at=at,
    )
    if address.select or address.remove:
        ExtractionRule.objects.create(
            document=document, select=list(address.select), remove=list(address.remove), since_at=at, note="As added"
        )
    CaptureState.objects.create(document=document)
    return document, True


def _check(address: Address) -> None:
    if not address.title.strip() or len(address.title) > 200:
        raise NotAdded("a document wants a title of at most 200 characters")
    if address.kind and address.kind not in DocumentKind.values:
        raise NotAdded(f"there is no kind {address.kind!r}; choose one of {', '.join(DocumentKind.values)}")
    if any(len(selector) > 300 for selector in (*address.select, *address.remove)):
        raise NotAdded("a selector has at most 300 characters")
    try:
        IS_WEB_ADDRESS(address.url)
    except ValidationError:
        raise NotAdded(f"{address.url!r} is no web address: it begins with https:// and names a host") from None
    if len(address.url) > 1000 or not host_of(address.url):
        raise NotAdded(f"{address.url[:100]!r} is no address that can be fetched")


def _platform(address: Address, at: datetime) -> Platform:
    found = Platform.objects.filter(slug=address.platform).first()
    if found is None:
        if not address.platform_name:
            raise NotAdded(f"there is no platform {address.platform!r}; give its name, so that it is registered")
        if slug_of(address.platform, fallback="") != address.platform:
            raise NotAdded(f"{address.platform!r} is no slug: lower-case words, joined by single hyphens")
        named = Platform.objects.real().filter(name=address.platform_name).first()
        if named is not None:
            raise NotAdded(f"the platform {named.name!r} is there already, as {named.slug!r}")
        found = register_platform(name=address.platform_name, at=at, slug=address.platform)
    if found.is_demonstration:
        raise NotAdded(f"{address.platform!r} is a platform of the demonstration, which is never captured")
    return found
