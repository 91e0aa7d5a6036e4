"""Finds the main text of a page without being told where it stands."""

from __future__ import annotations

from platforms.text.extraction.regions import without_dialogs, without_frames, without_hidden
from platforms.text.extraction.tree import Element
from platforms.text.extraction.weights import Weight, weigh

CORE_SHARE = 0.9
"""The main column is the innermost container with this share of the page's prose."""
HALF = 0.5
"""What a page says of its parts is doubted within the innermost container with this share of the prose."""
BESIDE_WORDS = 60
BESIDE_SHARE = 0.02
"""A part beside the main column belongs to the text if it has so many words of prose, this share of all of it,"""
BESIDE_LINKS = 0.3
"""and if no more than this share of its words is links."""
_CLOSED = frozenset({"ol", "ul", "dl", "menu", "li", "dd", "dt", "blockquote", "p", "details", "table", "pre"})
"""Elements that are read as a whole: the main column is no part of one."""


_ARRANGED = frozenset({"table", "h1", "h2", "h3", "p"})
LINES_BESIDE = 20
"""An element in which paragraphs with so many words stand directly is the main column, however long its inner parts."""
TITLE_WORDS = 30
"""The title of a text takes the few words around it along: a date, the kind of document."""


def keep_main_text(root: Element) -> None:
    """Cut everything out of a tree that is not the main text of its page."""
    without_dialogs(root)
    without_frames(root, core_of(root, weigh(root), HALF))
    without_hidden(root)
    weights = weigh(root)
    core = core_of(root, weights, CORE_SHARE)
    title = None if weights[core].titles else _title_before(root, core, weights)
    _keep_beside(root, core, title, weights)


def core_of(root: Element, weights: dict[Element, Weight], share: float) -> Element:
    """Return the innermost container with a share of the prose of a tree."""
    core, least = root, share * weights[root].prose
    while least:
        inner = [e for e in core.children if isinstance(e, Element) and weights[e].prose >= least]
        if not inner or _is_closed(inner[0]) or _prose_beside(core, inner[0], weights) >= LINES_BESIDE:
            break
        core = inner[0]
    return core


def _is_closed(element: Element) -> bool:
    """Tell an element that is read as a whole; a table that arranges the page is none."""
    if element.tag == "table" and any(e.tag in _ARRANGED for e in element.elements() if e is not element):
        return False
    return element.tag in _CLOSED


def _prose_beside(element: Element, inner: Element, weights: dict[Element, Weight]) -> int:
    """Return the words of prose that stand in an element directly, as paragraphs or lists, beside an inner one."""
    beside = [e for e in element.children if isinstance(e, Element) and e is not inner and e.tag in _CLOSED]
    own = weights[element].own
    return sum(weights[e].prose for e in beside) + (own if own >= LINES_BESIDE else 0)


def _keep_beside(root: Element, core: Element, title: Element | None, weights: dict[Element, Weight]) -> None:
    """Cut what stands beside the core, but for its title, the lines after it, and further parts with prose."""
    paths = {*_path(core), *_path(title)} - {core, title}
    least = max(BESIDE_WORDS, BESIDE_SHARE * weights[root].prose)
    after_title = False

    def stays(element: Element) -> bool:
        nonlocal after_title
        if element is core or element is title:
            after_title = element is title
            return True
        if element in paths:
            prune(element)
            return True
        weight = weights[element]
        return weight.link_share <= BESIDE_LINKS and (after_title or weight.prose >= least)

    def prune(element: Element) -> None:
        element.children = [child for child in element.children if isinstance(child, Element) and stays(child)]

    if core is not root:
        prune(root)


def _path(element: Element | None) -> list[Element]:
    """Return an element and those above it."""
    found = []
    while element is not None:
        found.append(element)
        element = element.parent
    return found


def _title_before(root: Element, core: Element, weights: dict[Element, Weight]) -> Element | None:
    """Return the last main heading above the core, with the few words around it."""
    found = None
    for element in root.elements():
        if element is core:
            break
        if element.tag == "h1" and weights[element].words:
            found = element
    above = set(_path(core))
    while found is not None and (parent := found.parent) is not None and parent not in above:
        if weights[parent].words > TITLE_WORDS or weights[parent].link_share > BESIDE_LINKS:
            break
        found = parent
    return found
