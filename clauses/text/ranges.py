"""Keeps ranges of one kind apart: what was taken once is not taken again."""

from __future__ import annotations

from collections import defaultdict


class Ranges:
    """The ranges taken so far, by kind. Ends are exclusive."""

    def __init__(self) -> None:
        self._taken: dict[object, list[tuple[int, int]]] = defaultdict(list)

    def take(self, kind: object, start: int, end: int) -> bool:
        """Take a range, and tell whether it was free; one that overlaps another of its kind is not taken."""
        taken = self._taken[kind]
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return False
        taken.append((start, end))
        return True
