"""Links to words within a page by a text fragment (`#:~:text=`, WICG Scroll To Text Fragment)."""

from __future__ import annotations

from urllib.parse import quote

ANCHOR = "words"
"""The anchor of the first mark in a version."""
LONGEST = 160
"""Characters of a quotation that a link names whole; of a longer one it names where it starts and where it ends."""
FEW = 6
"""Words of the start, of the end, and of what stands before and after."""


def text_directive(words: str, *, before: str = "", after: str = "", is_alone: bool = False) -> str:
    """Return the directive that finds `words` in a page, such as `:~:text=We%20may%20share`; nothing for no words.

    `words` are as a reader sees them, one line for each block of the page, since a piece of a directive never goes
    over the edge of a block. `before` and `after` stand around them in the same block, and are named unless the words
    are known to stand in the page only once (`is_alone`).
    """
    lines = [" ".join(line.split()) for line in words.split("\n") if line.strip()]
    if not lines:
        return ""
    if len(lines) == 1 and len(lines[0]) <= LONGEST:
        pieces = [_encoded(lines[0])]
    else:
        first, last = lines[0].split(), lines[-1].split()
        if len(lines) == 1 and len(first) < 2 * FEW:  # a few very long words: the two pieces would be one
            pieces = [_encoded(lines[0])]
        else:
            pieces = [_encoded(" ".join(first[:FEW])), _encoded(" ".join(last[-FEW:]))]
    if not is_alone:
        if prefix := " ".join(before.split()[-FEW:]):
            pieces.insert(0, f"{_encoded(prefix)}-")
        if suffix := " ".join(after.split()[:FEW]):
            pieces.append(f"-{_encoded(suffix)}")
    return f":~:text={','.join(pieces)}"


def _encoded(words: str) -> str:
    """Encode words for a directive, in which dash, comma and ampersand have a meaning."""
    return quote(words, safe="").replace("-", "%2D")
