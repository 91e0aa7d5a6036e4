"""Tells menus and tables of contents, which state nothing, from lists that do."""

from __future__ import annotations

import re

from clauses.text.plain import plain

LINKS_SHARE = 0.7
"""A list with at least this share of its words inside links is a menu."""
FEWEST_LINKS, FEWEST_TITLES = 4, 5
TITLE_WORDS, LONGEST_TITLE = 9, 22
"""The titles of a table of contents have at most so many words on average, and each at most so many."""
TITLES_SHARE, STOPS_SHARE = 0.5, 0.2
"""At least this share of a table of contents begins as titles do, and at most this share breaks as sentences do."""
_LINK_TEXT = re.compile(r"\[([^\[\]]*)\]\(")
ITEM = re.compile(r"(?:^|\s)(?:[*•●-]|\d{1,2}\\?[.)])\s+|\n")
MARK = re.compile(r"[*•●-]\s|\d\\?[.)]\s|\n")
"""What every mark of an item holds, looked for first, since most paragraphs have none."""
_STOP = re.compile(r"[.;:](?:\s|$)")
_TITLE = re.compile(
    r"(?:how|what|when|where|who|why|which|about)\b|your (?:\w+ ){0,3}(?:rights?|choices|account|responsib)"
    r"|(?:changes?|updates?) (?:to|of)|contact|overview|introduction|definitions|scope|terminat|governing|general"
    r"|miscellaneous|disclaim|limitation|indemn|cooki|data (?:security|retention|protection)|security|children"
    r"|international|privacy|legal|retention|(?:the )?information (?:we|that|you|shared)|intellectual|dispute"
    r"|arbitration|third[- ]part|payment|fees|(?:our|user|additional|other|content) |transfer|acceptance|use of|account"
)


def is_menu(words: str) -> bool:
    """Say whether a paragraph, which may be Markdown, is a menu or a table of contents."""
    links = _LINK_TEXT.findall(words) if "](" in words else []
    if len(links) >= FEWEST_LINKS:
        linked = sum(len(link.split()) for link in links)
        if linked >= LINKS_SHARE * max(1, len(plain(words).split())):
            return True
    return _is_contents(words)


def _is_contents(words: str) -> bool:
    if len(MARK.findall(words)) < FEWEST_TITLES - 1:
        return False
    parts = ITEM.split(words)
    if len(parts) < FEWEST_TITLES:
        return False
    items = [item for item in (plain(part).strip("[] ").lower() for part in parts) if len(item) > 2]
    sizes = [len(item.split()) for item in items]
    if len(items) < FEWEST_TITLES or max(sizes) > LONGEST_TITLE or sum(sizes) > TITLE_WORDS * len(items):
        return False
    titles = sum(_TITLE.match(item) is not None for item in items)
    stops = sum(_STOP.search(item) is not None for item in items)
    return titles >= TITLES_SHARE * len(items) and stops <= STOPS_SHARE * len(items)
