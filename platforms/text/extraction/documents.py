"""Finds the one document that is meant on a page that holds several, one beneath the other."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from platforms.text.extraction.tree import Element
from platforms.text.extraction.weights import Weight, weigh

FEWEST = 3
"""A page holds several documents if so many neighbours begin with the name of one."""
DOCUMENT_WORDS = 100
"""Each has at least so many words of prose,"""
DOCUMENTS_SHARE = 0.6
"""and together they have this share of the page's."""
TITLE_WORDS = 8
ALIKE = 80
"""A title means a name if they are so alike, of 100,"""
CLEARLY = 8
"""and no other title comes closer to it than so many points less."""
_NAMES = re.compile(
    r"\b(?:polic(?:y|ies)|terms|agreement|notice|conditions|guidelines|addendum|statement|rules|code|principles"
    r"|licen[cs]e|imprint|disclosure)\b",
    re.IGNORECASE,
)


def document_meant(root: Element, fragment: str, name: str) -> Element | None:
    """Return the document that the fragment of an address or a name means, if the page holds several of them.

    Args:
        root: the main text of the page.
        fragment: what stands after # in the address, as it stands there.
        name: the name of the document, such as "Privacy Policy".
    """
    if not (fragment or name):
        return None
    documents = _documents(root, weigh(root))
    by_fragment = [element for element, _ in documents if fragment and element.get("id") == fragment]
    if by_fragment:
        return by_fragment[0]
    if not documents or not name or any(_alike(title, name) >= ALIKE for title in _titles_above(root, documents)):
        return None
    ranked = sorted(((_alike(title, name), place) for place, (_, title) in enumerate(documents)), reverse=True)
    if ranked[0][0] < ALIKE or ranked[0][0] - ranked[1][0] < CLEARLY:
        return None
    return documents[ranked[0][1]][0]


def _documents(root: Element, weights: dict[Element, Weight]) -> list[tuple[Element, str]]:
    """Return neighbours that each are a document, with their titles; none if the page is one document."""
    least = DOCUMENTS_SHARE * weights[root].prose
    for element in root.elements():
        if weights[element].prose < least:
            continue
        found = [
            (child, title)
            for child in element.children
            if isinstance(child, Element) and weights[child].prose >= DOCUMENT_WORDS and (title := _title(child))
        ]
        if len(found) >= FEWEST and sum(weights[child].prose for child, _ in found) >= least:
            return found
    return []


def _title(element: Element) -> str:
    """Return the first line of an element if it is the name of a document."""
    for inner in element.elements():
        if any(isinstance(child, str) and child.strip() for child in inner.children):
            words = inner.words()
            return " ".join(words) if len(words) <= TITLE_WORDS and _NAMES.search(" ".join(words)) else ""
    return ""


def _titles_above(root: Element, documents: list[tuple[Element, str]]) -> list[str]:
    within = {inner for document, _ in documents for inner in document.elements()}
    return [" ".join(e.words()) for e in root.elements() if e.tag == "h1" and e not in within]


def _alike(title: str, name: str) -> float:
    return fuzz.token_sort_ratio(title.casefold(), name.casefold())
