"""What a page says of itself: its title and its language."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from platforms.text.extraction.inline import cleaned

LONGEST_TITLE = 300
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def title_of(page: LexborHTMLParser) -> str:
    """Return the title of a page in one line, from its title element, og:title or first heading."""
    for selector in ("head > title", 'meta[property="og:title"]', "h1"):
        if (node := page.css_first(selector)) is not None:
            words = cleaned((node.attributes.get("content") if node.tag == "meta" else node.text()) or "").strip()
            if words:
                return words[:LONGEST_TITLE]
    return ""


def language_of_page(page: LexborHTMLParser) -> str:
    """Return the language a page states, as a BCP 47 tag (RFC 5646), or nothing.

    Looked at in order: lang and xml:lang of the html element, content-language, og:locale.
    """
    root = page.css_first("html")
    stated = [root.attributes.get("lang"), root.attributes.get("xml:lang")] if root is not None else []
    for selector in ('meta[http-equiv="content-language" i]', 'meta[property="og:locale"]', 'meta[name="language" i]'):
        node = page.css_first(selector)
        stated.append(node.attributes.get("content") if node is not None else None)
    for value in stated:
        tag = (value or "").split(",")[0].strip().replace("_", "-")
        if _TAG.fullmatch(tag):
            return _cased(tag)
    return ""


def _cased(tag: str) -> str:
    """Return a language tag with the customary case: en-GB, zh-Hant-TW."""
    first, *rest = tag.split("-")
    return "-".join(
        [first.lower(), *(p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in rest)]
    )
