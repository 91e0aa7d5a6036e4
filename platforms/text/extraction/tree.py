"""A page as a tree of elements and words, read as a browser reads it (by lexbor, which follows the HTML standard)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

DEEPEST = 120
"""Elements nested deeper than this are hung on the last level that counts: their words stay, in order."""

_NO_TEXT_LIST = (
    "script style template noscript head title meta link base svg math canvas object embed applet iframe "
    "frame frameset noframes noembed audio video source track map area input select textarea datalist output "
    "progress meter dialog param"
)
NO_TEXT = frozenset(_NO_TEXT_LIST.split())
"""Elements whose content is no text of the page: code, style, drawings, players and what a visitor fills in."""
_BLOCKS_LIST = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul caption"
)
BLOCKS = frozenset(_BLOCKS_LIST.split())
"""Elements that begin a line of their own. All others are part of a line."""


@dataclass(slots=True, eq=False)
class Element:
    """An element with what stands in it. `chosen` marks the outermost elements that a declaration selects."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    chosen: bool = False

    def elements(self) -> Iterator[Element]:
        """Yield the element and all beneath it, in document order. What is cut from a yielded one is not visited."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def strings(self) -> Iterator[str]:
        """Yield the words beneath the element, in document order."""
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                yield node
            else:
                waiting.extend(reversed(node.children))

    def get(self, name: str) -> str:
        """Return an attribute, or an empty string."""
        return self.attributes.get(name, "")

    def words(self) -> list[str]:
        """Return the words beneath the element."""
        return "".join(self.strings()).split()


def parse(html: str) -> LexborHTMLParser:
    """Return the page as lexbor reads it."""
    return LexborHTMLParser(html.replace("\0", ""))


def matched(page: LexborHTMLParser, selectors: Sequence[str]) -> set[int]:
    """Return the identities of the elements that the CSS selectors match.

    Raises:
        ValueError: a selector is not CSS.
    """
    found: set[int] = set()
    for selector in selectors:
        try:
            found.update(node.mem_id for node in page.css(selector))
        except SelectolaxError as error:
            raise ValueError(f"{selector!r} is no CSS selector") from error
    return found


def tree_of(page: LexborHTMLParser, chosen: set[int], removed: set[int]) -> Element:
    """Return the body of a page without what is removed and without what never is text."""
    body = page.body
    root = Element("body", {})
    if body is None or body.mem_id in removed:
        return root
    root.attributes, root.chosen = _attributes(body), body.mem_id in chosen
    places = [root]  # the elements above the node; the last one is repeated once the tree is too deep
    node = body.first_child
    while node is not None:
        place = places[-1]
        if node.is_text_node:
            place.children.append(node.text_content or "")
        elif node.is_element_node and (node.tag or "") not in NO_TEXT and node.mem_id not in removed:
            first = node.first_child
            if len(places) <= DEEPEST or first is None:
                element = Element(node.tag or "", _attributes(node), place, chosen=node.mem_id in chosen)
                place.children.append(element)
                place = element
            if first is not None:
                places.append(place)
                node = first
                continue
        while node is not None and node.next is None and places:
            node = node.parent
            places.pop()
        node = node.next if node is not None and places else None
    return root


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
