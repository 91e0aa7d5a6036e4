"""The range of a version's text that an address asks for, such as `?at=120-260`."""

from __future__ import annotations

import re

from django.core.exceptions import BadRequest
from django.http import Http404

from conductatlas.records.frozen import Frozen

_RANGE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def range_asked(frozen: Frozen, at: str) -> tuple[int, int] | None:
    """Return start and end, in code points from 0 and without the last; None where none is asked for.

    Raises BadRequest for what is no range or of no version, Http404 for one beyond the text.
    """
    if not at:
        return None
    if frozen.record.letter != "D":
        raise BadRequest("Only in a version of a document, such as CA-D-00045/v3, can a range of characters be marked.")
    found = _RANGE.fullmatch(at)
    start, end = (int(found[1]), int(found[2])) if found is not None else (0, 0)
    if start >= end:
        raise BadRequest(
            f"“{at}” is no range of characters. One is written as 120-260: the first character, counted from 0, and"
            " the one after the last."
        )
    length = (frozen.value["text"] or {"length": 0})["length"]
    if end > length:
        raise Http404(
            f"The text of {frozen.name} has {length:,} characters: there is no range from {start:,} to {end:,}."
        )
    return start, end
