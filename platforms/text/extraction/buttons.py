"""Tells the buttons that name a part of the text from those that do something."""

from __future__ import annotations

from platforms.text.extraction.tree import BLOCKS, Element

OPENED_WORDS = 25
"""What a button opens is text if it has so many words."""
_TITLED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})


def is_title(button: Element) -> bool:
    """Tell a button that opens the part beneath it and names it."""
    above = button.parent
    while above is not None and above.tag not in BLOCKS:
        above = above.parent
    return (above is not None and above.tag in _TITLED) or _opens_text(button)


def _opens_text(button: Element) -> bool:
    """Tell whether what stands next to a button, or to the element around it alone, is text that it opens."""
    if not ({"aria-expanded", "aria-controls"} & button.attributes.keys()):
        return False
    place, within = button, button.parent
    while within is not None:
        beside = [e for e in within.children if isinstance(e, Element)]
        following = beside[beside.index(place) + 1 :]
        if following:
            return len(following[0].words()) >= OPENED_WORDS
        if len(beside) > 1:
            return False
        place, within = within, within.parent
    return False
