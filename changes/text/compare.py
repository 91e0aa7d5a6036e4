"""Compares two texts: passages first, those that moved included, then the words of the passages that were reworded.

The one comparison of the site: pages, feeds, mail, records and JSON all show what it says.
"""

from __future__ import annotations

from changes.text.counts import Counts
from changes.text.differences import differences
from changes.text.hunks import Comparison, Hunk, Part, mirrored, steps
from changes.text.passages import passages
from changes.text.patch import Edit, apply, patch

__all__ = ["COMPARISON_RELEASE", "Comparison", "Counts", "Edit", "Hunk", "Part", "apply", "compare", "ops", "patch"]

COMPARISON_RELEASE = "2026.1"
"""Release of the rules here; what was derived with another one is derived again."""


def compare(old: str, new: str) -> Comparison:
    """Return what changed from one text to another.

    Comparing the other way round gives the mirror image: the same passages and words, added where they were removed.
    """
    if old == new:
        return Comparison(old, new, ())
    if old > new:
        # Ties are broken the same way in both directions.
        return mirrored(compare(new, old))
    return Comparison(old, new, differences(passages(old), passages(new)))


def ops(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the comparison as pieces of both texts in order: ("=", words, words) or ("~", old words, new words).

    Joined, they are the two texts exactly. What moved is gone in one place and new in another.
    """
    found: list[tuple[str, str, str]] = []
    for step in steps(compare(old, new)):
        gone, come = old[step.old_start : step.old_end], new[step.new_start : step.new_end]
        if step.kind != "reworded" or step.hunk is None:
            found.append(("=" if step.kind == "same" else "~", gone, come))
            continue
        for part in step.hunk.parts:
            gone, come = old[part.old_start : part.old_end], new[part.new_start : part.new_end]
            if part.kind == "new" and found and found[-1][0] == "~" and not found[-1][2]:
                found[-1] = ("~", found[-1][1], come)
            else:
                found.append(("=" if part.kind == "same" else "~", gone, come))
    return found
