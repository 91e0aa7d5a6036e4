"""Versions as mementos of the page they were captured from (RFC 7089): the good ones, unless they were taken down."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from platforms.models import Document, Version
from platforms.models.version import VersionQuerySet
from platforms.text.link_format import LINK_FORMAT, http_date, link
from platforms.text.web_addresses import normal_address


def original_of(document: Document) -> str:
    """Return the address whose past the versions are (needs the platform).

    That is where the platform publishes the document; where no source states it, our own page of the document, whose
    past states they are as well.
    """
    return quote(document.source_url, safe=_KEPT) or settings.SITE_URL + document.get_absolute_url()


_KEPT = "%/:?#[]@!$&'()*+,;=~"
"""What an address may hold as it is (RFC 3986); anything else could end a link."""


def timegate_of(document: Document) -> str:
    """Return the address that answers for a time."""
    return str(settings.SITE_URL + reverse("timegate", args=[document.record_id]))


def timemap_of(document: Document, form: str = "link") -> str:
    """Return the address that lists all mementos, in the form `link` or `json`."""
    return str(settings.SITE_URL + reverse(f"timemap_{form}", args=[document.record_id]))


def mementos(document: Document) -> VersionQuerySet:
    """Return the versions of a document that are mementos."""
    return Version.objects.filter(document=document).good()


def address_of(version: Version) -> str:
    """Return the address of a memento (needs document and platform)."""
    return settings.SITE_URL + version.get_absolute_url()


def at_time(document: Document, at: datetime | None) -> Version | None:
    """Return the memento that stood at a time, to the second; before the first the first, at None the latest."""
    there = mementos(document)
    if at is None:
        return there.latest_first().first()
    end = at + timedelta(seconds=1)
    return there.filter(captured_at__lt=end).latest_first().first() or there.in_order().first()


def links_of(document: Document) -> list[str]:
    """Return the links that a memento and a TimeGate have in common, but for the TimeGate's own."""
    return [link(original_of(document), "original"), link(timemap_of(document), "timemap", {"type": LINK_FORMAT})]


def neighbours(version: Version) -> list[str]:
    """Return links to a memento, the first, the last and those beside it; one link for each version. Four queries."""
    there = mementos(version.document)
    rels: dict[int, tuple[Version, list[str]]] = {}
    for rel, found in (
        ("first", there.in_order().first()),
        ("prev", there.before(version).first()),
        ("", version),
        ("next", there.after(version).first()),
        ("last", there.latest_first().first()),
    ):
        if found is not None:
            rels.setdefault(found.pk, (found, []))[1].append(rel)
    links = []
    for found, names in rels.values():
        found.document = version.document
        links.append(memento_link(found, " ".join(name for name in names if name)))
    return links


def memento_link(version: Version, rel: str = "") -> str:
    """Return a link to a memento with its time."""
    return link(address_of(version), f"{rel} memento".strip(), {"datetime": http_date(version.captured_at)})


def mark_as_memento(response: HttpResponse, version: Version) -> HttpResponse:
    """Say in the headers of an answer with a version, as `find_version` gives it, of what and of when it is."""
    known = getattr(version, "version_class", None)
    if known is None or not known.is_good:
        return response
    response["Memento-Datetime"] = http_date(version.captured_at)
    return add_links(response, [*links_of(version.document), link(timegate_of(version.document), "timegate")])


def mark_as_original(response: HttpResponse, document: Document) -> HttpResponse:
    """Say in the headers of our own page of a document where its past is, if the page is the original."""
    if document.source_url:
        return response
    timemap = link(timemap_of(document), "timemap", {"type": LINK_FORMAT})
    return add_links(response, [link(timegate_of(document), "timegate"), timemap])


def add_links(response: HttpResponse, links: list[str]) -> HttpResponse:
    """Add links to the header, after those that are there."""
    before = [response["Link"]] if response.has_header("Link") else []
    response["Link"] = ", ".join([*before, *links])
    return response


def documents_at(written: str) -> list[Document]:
    """Return the documents published at an address, in the order of their ids."""
    wanted = normal_address(written)
    host = urlsplit(f"//{wanted}").hostname
    if not host:
        return []
    there = Document.objects.filter(source_url__icontains=host).select_related("platform").order_by("pk")
    return [document for document in there if normal_address(document.source_url) == wanted]
