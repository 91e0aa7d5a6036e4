"""FAIR Signposting: link headers (RFC 8288) by which programs find what a page is about, and its files.

The rules are those of https://signposting.org/FAIR/, level 1. Only addresses that this site answers are named.
"""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import iri_to_uri

from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.shown import FORMATS, Citing, absolute, download_path
from platforms.memento import add_links

SCHEMA_ORG = "https://schema.org/"
SPDX_ORG = "https://spdx.org/licenses/"


def signpost(answer: HttpResponse, citing: Citing | None) -> HttpResponse:
    """Return the answer with the link headers of what it is about."""
    return add_links(answer, links(citing.about)) if citing is not None else answer


def links(cited: Cited) -> list[str]:
    """Return the links of a page about one thing."""
    record, _, number = cited.name.partition("/v")
    revision = [record, int(number)]
    kind = "DigitalDocument" if cited.is_document else "Report"
    found = [
        _link(cited.url, "cite-as"),
        _link(f"{SCHEMA_ORG}AboutPage", "type"),
        _link(f"{SCHEMA_ORG}{kind}", "type"),
        _link(absolute(reverse("revision_json", args=revision)), "describedby", "application/json"),
    ]
    for ending, (_, media) in FORMATS.items():
        if ending != "txt":
            found.append(_link(absolute(download_path(cited, ending)), "describedby", media))
    found += [_link(absolute(path), "item", media) for path, media in _items(cited)]
    author = cited.author_page or (reverse("about") if cited.is_organisation else "")
    found += [_link(absolute(author), "author")] if author else []
    found += [_link(f"{SPDX_ORG}{cited.licence}", "license")] if cited.licence else []
    return [*found, _link(absolute(reverse("record", args=[record])), "collection")]


def describes(url: str) -> str:
    """Return the link from a description to the page that it describes."""
    return _link(url, "describes", "text/html")


def _items(cited: Cited) -> list[tuple[str, str]]:
    """Return the files of a thing: the text and bytes of a version, and what is printed and bundled of it."""
    record, _, number = cited.name.partition("/v")
    raw = [(f"{cited.folder}raw/", "application/octet-stream")] if cited.folder else []
    text = [(f"{cited.folder}text/", "text/plain")] if cited.folder and cited.sha256_is_of == "text" else []
    made = [
        (f"/r/{record}/v{number}.pdf", "application/pdf"),
        (f"/evidence/{record}/v{number}.zip", "application/zip"),
    ]
    return [*text, *raw, *((path, media) for path, media in made if _is_answered(path))]


@lru_cache(maxsize=256)
def _is_answered(path: str) -> bool:
    """Tell whether the site has such a page, and not only a redirect for what is spelt wrong."""
    try:
        return resolve(path).url_name != "record_forgiven"
    except Resolver404:
        return False


def _link(url: str, rel: str, media: str = "") -> str:
    kind = f'; type="{media}"' if media else ""
    return f'<{iri_to_uri(url)}>; rel="{rel}"{kind}'
