"""Which of several stances speaks for all (rule 8): the one that goes furthest."""

from __future__ import annotations

from collections.abc import Iterable

PRECEDENCE = ("does", "conditional", "denies", "unstated")


def strongest(stances: Iterable[str], *, default: str = "unstated") -> str:
    """Return the stance that comes first in rule 8, or the default where there is none."""
    return min(stances, key=PRECEDENCE.index, default=default)
