"""Writes Atom feeds (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

NAMESPACE = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document, written out or not (section 2.2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Addresses are absolute; `content` is HTML."""

    id: str
    title: str
    link: str
    updated: datetime
    published: datetime
    author: str
    summary: str
    content: str
    categories: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed without its entries. `link` is the page that it is of, `itself` its own address."""

    id: str
    title: str
    link: str
    itself: str
    updated: datetime
    author: str


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Return the feed as UTF-8. Characters that XML does not allow are left out."""
    into = StringIO()
    xml = XMLGenerator(into, "utf-8", short_empty_elements=True)
    xml.startDocument()
    _start(xml, "feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _element(xml, "id", feed.id)
    _element(xml, "title", feed.title)
    _element(xml, "updated", _time(feed.updated))
    _author(xml, feed.author)
    _element(xml, "link", "", {"rel": "self", "type": "application/atom+xml", "href": feed.itself})
    _element(xml, "link", "", {"rel": "alternate", "type": "text/html", "href": feed.link})
    for entry in entries:
        _start(xml, "entry", {})
        _element(xml, "id", entry.id)
        _element(xml, "title", entry.title)
        _element(xml, "updated", _time(entry.updated))
        _element(xml, "published", _time(entry.published))
        _author(xml, entry.author)
        _element(xml, "link", "", {"rel": "alternate", "type": "text/html", "href": entry.link})
        for term, label in entry.categories:
            _element(xml, "category", "", {"term": term, "label": label})
        _element(xml, "summary", entry.summary, {"type": "text"})
        _element(xml, "content", entry.content, {"type": "html"})
        xml.endElement("entry")
    xml.endElement("feed")
    xml.endDocument()
    return into.getvalue().encode()


def _author(xml: XMLGenerator, name: str) -> None:
    _start(xml, "author", {})
    _element(xml, "name", name)
    xml.endElement("author")


def _element(xml: XMLGenerator, name: str, words: str, attributes: dict[str, str] | None = None) -> None:
    _start(xml, name, attributes or {})
    xml.characters(_NOT_XML.sub("", words))
    xml.endElement(name)


def _start(xml: XMLGenerator, name: str, attributes: dict[str, str]) -> None:
    xml.startElement(name, AttributesImpl({key: _NOT_XML.sub("", value) for key, value in attributes.items()}))


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
