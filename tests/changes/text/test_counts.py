"""Counts say what a reader would count."""

from __future__ import annotations

import pytest

from changes.text.compare import Counts, compare

FIRST = "We keep your logs for 12 months."
SECOND = "We share them with nobody."
THIRD = "You may ask for a copy at any time."


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        (f"{FIRST} {SECOND}", f"{FIRST} {SECOND}", Counts(0, 0, 0, 0, 0, 0)),
        (FIRST, FIRST.replace("12", "24"), Counts(1, 1, 0, 0, 1, 0)),
        (FIRST, f"{FIRST} {SECOND}", Counts(5, 0, 1, 0, 0, 0)),
        (f"{FIRST} {SECOND} {THIRD}", f"{FIRST} {THIRD}", Counts(0, 5, 0, 1, 0, 0)),
        (FIRST, f"{FIRST}\n\n## Sharing\n\n{SECOND}\n\n{THIRD}", Counts(15, 0, 2, 0, 0, 0)),
        # The word between two changes is struck with them, and not counted.
        ("We may now use logs for safety.", "We will now read logs for safety.", Counts(2, 2, 0, 0, 1, 0)),
        (f"{FIRST} See [this](/a).", f"**{FIRST}** See [THIS](/b).", Counts(0, 0, 0, 0, 0, 0)),
        (
            f"{THIRD}\n\n{FIRST}\n\n{FIRST} {SECOND}",
            f"{FIRST}\n\n{FIRST} {SECOND}\n\n{THIRD}",
            Counts(0, 0, 0, 0, 0, 1),
        ),
    ],
)
def test_counts(old: str, new: str, counts: Counts) -> None:
    assert compare(old, new).counts() == counts
