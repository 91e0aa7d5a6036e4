"""What a page says of a citation to programs: tags for reference managers, COinS, and schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from conductatlas.records.cite.item import SITE, Cited


def citation_tags(cited: Cited) -> list[tuple[str, str]]:
    """Return the tags by which Google Scholar and Zotero take a page; a version that claims no date has none."""
    tags = [
        ("citation_title", cited.title),
        *(("citation_author", name) for name in cited.authors),
        ("citation_publication_date", f"{cited.issued:%Y/%m/%d}" if cited.issued else ""),
        ("citation_publisher", cited.publisher or SITE),
        ("citation_language", cited.language),
        ("citation_technical_report_number", cited.name),
        ("citation_public_url", cited.url),
    ]
    return [(name, content) for name, content in tags if content]


def coins(cited: Cited) -> str:
    """Return a citation as COinS (OpenURL 1.0, Dublin Core)."""
    values = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "webpage"),
        ("rft.title", cited.title),
        *(("rft.creator", name) for name in cited.authors),
        ("rft.date", cited.issued.isoformat() if cited.issued else ""),
        ("rft.publisher", cited.publisher or SITE),
        ("rft.source", cited.site),
        ("rft.language", cited.language),
        ("rft.identifier", cited.url),
        ("rft.description", cited.note),
    ]
    return urlencode([(name, value) for name, value in values if value])


def schemas(cited: Sequence[Cited], page: str) -> list[dict[str, Any]]:
    """Return each thing for schema.org, under its permanent address; `page` is another address of the last."""
    return [_schema(one, [page] if one is cited[-1] else []) for one in cited]


def _schema(cited: Cited, also: list[str]) -> dict[str, Any]:
    same = [address for address in (*also, cited.source_url, cited.archived) if address and address != cited.url]
    kind = "Organization" if cited.is_organisation else "Person"
    shown: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DigitalDocument" if cited.is_document else "Report",
        "@id": cited.url,
        "url": cited.url,
        "name" if cited.is_document else "headline": cited.title,
        "author": [{"@type": kind, "name": name} for name in cited.authors],
        "publisher": {"@type": "Organization", "name": cited.publisher or SITE},
        "version": str(cited.number),
        "identifier": cited.name,
        "inLanguage": cited.language,
        "encoding": {"@type": "MediaObject", "name": cited.sha256_is_of, "sha256": cited.sha256},
    }
    if cited.issued:
        shown["datePublished"] = cited.issued.isoformat()
    return shown | ({"sameAs": same} if same else {})
