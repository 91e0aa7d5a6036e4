"""What a clause page says of itself to programs: schema.org, citation tags for reference managers, share links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from clauses.models import Clause
from conductatlas.pages.analysis import Shown
from conductatlas.pages.questions import Question
from conductatlas.pages.words import Quotation

# Characters that could end a script element or a line of one; the escapes are JSON.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of one clause page."""

    json_ld: SafeString
    citation: list[tuple[str, str]]
    coins: str
    share: list[tuple[str, str]]
    permalink: str


def metadata(
    clause: Clause, shown: Shown | None, quotations: Sequence[Quotation], asked: Sequence[Question]
) -> Metadata:
    """Return the metadata of a clause page."""
    permalink = settings.SITE_URL + reverse("record", args=[clause.record_id])
    return Metadata(
        json_ld=json_ld(_schema(clause, shown, quotations, asked)),
        citation=_citation(clause, shown, permalink),
        coins=_coins(clause, shown, permalink),
        share=_share(clause, permalink),
        permalink=permalink,
    )


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
    clause: Clause, shown: Shown | None, quotations: Sequence[Quotation], asked: Sequence[Question]
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
    if quotations and clause.last_seen is not None:
        found.append(_quotation(clause, quotations[0].words, clause.last_seen.number))
    if shown is not None:
        found.append(_report(clause, shown))
    return [*found, _questions(asked)]


def _quotation(clause: Clause, words: str, version: int) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "text": words,
        "spokenByCharacter": {"@type": "Organization", "name": clause.document.platform.operator.name},
        "isPartOf": {"@type": "DigitalDocument", "name": clause.document.title, "version": str(version)},
        "identifier": clause.record_id,
    }


def _report(clause: Clause, shown: Shown) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": clause.title,
        "author": {"@type": "Person", "name": shown.record["drafted"]["by"]},
        "datePublished": shown.record["published_at"][:10],
        "version": str(shown.number),
        "identifier": clause.record_id,
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


def _citation(clause: Clause, shown: Shown | None, permalink: str) -> list[tuple[str, str]]:
    """Return the tags by which reference managers take a page: our analysis, or else the document itself."""
    document = clause.document
    if shown is not None:
        return [
            ("citation_title", clause.title),
            ("citation_author", shown.record["drafted"]["by"]),
            ("citation_publication_date", shown.record["published_at"][:10].replace("-", "/")),
            ("citation_publisher", "ConductAtlas"),
            ("citation_public_url", permalink),
        ]
    tags = [("citation_title", document.full_title), ("citation_author", document.platform.operator.name)]
    if clause.last_seen is not None:
        tags.append(("citation_publication_date", f"{clause.last_seen.captured_at:%Y/%m/%d}"))
    return [*tags, ("citation_publisher", "ConductAtlas"), ("citation_public_url", permalink)]


def _coins(clause: Clause, shown: Shown | None, permalink: str) -> str:
    values = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.title": clause.title if shown is not None else clause.document.full_title,
        "rft.creator": shown.record["drafted"]["by"] if shown is not None else clause.document.platform.operator.name,
        "rft.identifier": permalink,
    }
    if shown is not None:
        values["rft.date"] = shown.record["published_at"][:10]
    return urlencode(values)


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
