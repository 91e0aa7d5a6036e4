"""Titles as the manuals set them: capitals of headings and sentences, quotation marks within quotation marks."""

from __future__ import annotations

import re

_SPLIT = re.compile(r"\s+")
MINOR = frozenset(
    _SPLIT.split("a an the and but for nor or so yet as at by from in into of off on onto over per to up via with")
)
"""Articles, conjunctions and prepositions of four letters or fewer (Bluebook, rule 8(a))."""
LONGER = frozenset(
    _SPLIT.split(
        "about above across after against along among around before behind below beneath beside between beyond despite"
        " during except inside outside since through throughout toward towards under underneath until upon within"
        " without"
    )
)
"""Prepositions that Chicago (8.159) and MLA (2.90) set small too."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDS = (":", "?", "!", ".", "“", "‘", '"', "(")


def headline(title: str, *, all_prepositions: bool = False) -> str:
    """Return an English title with the capitals of a heading. Only capitals are added: none is taken away."""
    minor = MINOR | LONGER if all_prepositions else MINOR
    words = list(_WORD.finditer(title))
    shown, end = [], 0
    for n, found in enumerate(words):
        word = found.group()
        before = title[: found.start()].rstrip()
        is_major = n in (0, len(words) - 1) or before.endswith(_ENDS) or word not in minor
        shown += [title[end : found.start()], word[0].upper() + word[1:] if is_major and word.islower() else word]
        end = found.end()
    return "".join([*shown, title[end:]])


def sentence(title: str) -> str:
    """Return a title with a capital at its start and after each colon (APA 6.17)."""
    return re.sub(r"(^|: )(\w)", lambda found: found.group(1) + found.group(2).upper(), title)


def within_double(title: str) -> str:
    """Return a title that stands within double quotation marks: those within it are single."""
    return re.sub(r"“([^“”]*)”", r"‘\1’", title)


def within_single(title: str) -> str:
    """Return a title that stands within single quotation marks: those within it are double."""
    return re.sub(r"‘([^‘’]*)’(?!\w)", r"“\1”", title)


def short(title: str) -> str:
    """Return what a title is shortened to: what stands before its colon (MLA 6.10)."""
    return title.split(":", 1)[0].rstrip()
