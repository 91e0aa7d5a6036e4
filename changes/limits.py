"""How much is compared while somebody waits."""

from __future__ import annotations

MOST_COMPARED = 2_000_000
"""Characters of both texts together; larger ones can be taken away and compared by hand."""


def is_comparable(characters: int) -> bool:
    """Tell whether two texts of so many characters together are compared on a page."""
    return characters <= MOST_COMPARED
