"""How much text stands in each element of a page: words, words that are links, and prose.

Prose is what makes a page a document: the words outside of links in lines of some length. Menus have next to none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from platforms.text.extraction.tree import BLOCKS, Element

PROSE_LINE = 8
"""A line is prose if it has so many words outside of links."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Japanese and Chinese put no spaces between words: two signs count as a word."""


@dataclass(slots=True)
class Weight:
    """Words beneath an element."""

    words: int = 0
    linked: int = 0
    prose: int = 0
    own: int = 0
    """Words outside of links in the lines of the element itself."""
    headings: int = 0
    titles: int = 0
    """Headings of the first level among the headings."""

    @property
    def link_share(self) -> float:
        """Return which part of the words is links; 0 where there are none."""
        return self.linked / self.words if self.words else 0.0


def weigh(root: Element) -> dict[Element, Weight]:
    """Return the weight of each element of a tree."""
    order = list(root.elements())
    found = {element: Weight() for element in order}
    line_of: dict[Element, Element] = {}
    linked: set[Element] = set()
    for element in order:
        above = element.parent
        is_line = element.tag in BLOCKS or above is None or above not in found
        line_of[element] = element if is_line else line_of[above]  # type: ignore[index]
        if (element.tag == "a" and not element.get("href").startswith(("mailto:", "tel:"))) or above in linked:
            linked.add(element)
        if element.tag in HEADINGS:
            found[element].headings, found[element].titles = 1, int(element.tag == "h1")
        for child in element.children:
            if isinstance(child, str) and (count := count_words(child)):
                found[element].words += count
                if element in linked:
                    found[element].linked += count
                else:
                    found[line_of[element]].own += count
    for element in reversed(order):
        weight = found[element]
        if weight.own >= PROSE_LINE:
            weight.prose += weight.own
        if element is not root and element.parent in found:
            above_weight = found[element.parent]
            above_weight.words += weight.words
            above_weight.linked += weight.linked
            above_weight.prose += weight.prose
            above_weight.headings += weight.headings
            above_weight.titles += weight.titles
    return found


def count_words(text: str) -> int:
    """Return how many words a text has."""
    count = len(text.split())
    if count and not text.isascii():
        count += len(_UNSPACED.findall(text)) // 2
    return count
