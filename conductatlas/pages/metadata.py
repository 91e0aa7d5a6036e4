"""What a clause page says of itself to programs: schema.org and share links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from clauses.models import Clause
from conductatlas.pages.questions import Question
from conductatlas.pages.words import Quotation
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.shown import Citing

# Characters that could end a script element or a line of one; the escapes are JSON.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of one clause page."""

    json_ld: SafeString
    share: list[tuple[str, str]]
    permalink: str


def metadata(
    clause: Clause, cited: Citing | None, quotations: Sequence[Quotation], asked: Sequence[Question]
) -> Metadata:
    """Return the metadata of a clause page."""
    permalink = settings.SITE_URL + reverse("record", args=[clause.record_id])
    return Metadata(
        json_ld=json_ld(_schema(clause, cited, quotations, asked)),
        share=_share(clause, permalink),
        permalink=permalink,
    )


def page_schema(cited: Citing | None, places: Sequence[tuple[str, str]]) -> SafeString:
    """Return for schema.org where a page stands, by names and paths down to its own, and what it cites."""
    page = settings.SITE_URL + places[-1][1]
    return json_ld([breadcrumbs(places), *(cited.schemas(page) if cited is not None else [])])


def json_ld(value: object) -> SafeString:
    """Return JSON that may stand in a script element."""
    text = json.dumps(value, ensure_ascii=False)
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return mark_safe(text)  # noqa: S308 - no character is left that could end the element


def breadcrumbs(places: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return a schema.org BreadcrumbList of names and paths."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": settings.SITE_URL + path}
            for n, (name, path) in enumerate(places, start=1)
        ],
    }


def _schema(
    clause: Clause, cited: Citing | None, quotations: Sequence[Quotation], asked: Sequence[Question]
) -> list[dict[str, Any]]:
    document, platform = clause.document, clause.document.platform
    found = [
        breadcrumbs(
            [
                ("Platforms", reverse("platforms")),
                (platform.name, platform.get_absolute_url()),
                (document.title, document.get_absolute_url()),
                (clause.title, clause.get_absolute_url()),
            ]
        )
    ]
    if cited is not None:
        page = settings.SITE_URL + clause.get_absolute_url()
        if quotations:
            found.append(_quotation(cited.entries[0].cited, quotations[0].words, page))
        found += cited.schemas(page)
    return [*found, _questions(asked)]


def _quotation(document: Cited, words: str, page: str) -> dict[str, Any]:
    """Return the words as a quotation of the version that they are cut from, under its permanent address."""
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "text": words,
        "url": document.url,
        "sameAs": page,
        "spokenByCharacter": {"@type": "Organization", "name": document.authors[0]},
        "isPartOf": {"@id": document.url},
        "identifier": document.name,
    }


def _questions(asked: Sequence[Question]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.asks,
                "acceptedAnswer": {"@type": "Answer", "text": question.answer},
            }
            for question in asked
        ],
    }


def _share(clause: Clause, permalink: str) -> list[tuple[str, str]]:
    """Return plain links that hand the permalink on; no script of anybody is loaded."""
    title = f"{clause.document.platform.name}: {clause.title}"
    both = quote(f"{title} {permalink}", safe="")
    return [
        ("X", f"https://x.com/intent/post?text={quote(title, safe='')}&url={quote(permalink, safe='')}"),
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={quote(permalink, safe='')}"),
        ("Mastodon", f"https://mastodonshare.com/?text={quote(title, safe='')}&url={quote(permalink, safe='')}"),
        ("Bluesky", f"https://bsky.app/intent/compose?text={both}"),
        ("E-mail", f"mailto:?subject={quote(title, safe='')}&body={quote(permalink, safe='')}"),
    ]
