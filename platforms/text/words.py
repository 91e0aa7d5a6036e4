"""What two texts must share to say the same thing: their words and digits, in order (rule 6).

Markup, case, punctuation and the targets of links are left out. Digits are never normalised, but for a line that
declares when the document was last updated.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

# `](target)` and `](target "title")`; a target may hold one pair of parentheses.
LINK_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\s*\)")
LINK_DEFINITION = re.compile(r"^\s{0,3}\[[^\]\n]+\]:\s*\S+.*$")
WORD = re.compile(r"[^\W_]+")
LAST_UPDATED = re.compile(
    r"^\W*(?:this \w+ (?:\w+ )?was )?last (?:updated|update|modified|revised|changed)\b[^\n]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The fingerprints of a text."""

    count: int
    word_hash: bytes
    linkless_hash: bytes


def without_targets(line: str) -> str:
    """Return the line with the targets of its links left out."""
    if "](" in line:
        line = LINK_TARGET.sub("]()", line)
    if line.lstrip().startswith("[") and "]:" in line:
        line = LINK_DEFINITION.sub("", line)
    return line


def words_of(line: str) -> list[str]:
    """Return the words and numbers of one line, case folded; a last-updated line gives just that phrase."""
    line = without_targets(line)
    if "last" in line[:40].lower() and LAST_UPDATED.match(line):
        return ["last", "updated"]
    return WORD.findall(line.casefold())


class Fingerprints:
    """Computes fingerprints of many texts that share most of their lines, remembering what a line gave."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[int, bytes, bytes]] = {}

    def of(self, text: str) -> Words:
        """Return the fingerprints of one text."""
        count, words, linkless = 0, hashlib.sha256(), hashlib.sha256()
        for line in text.split("\n"):
            known = self._lines.get(line)
            if known is None:
                found = words_of(line)
                folded = " ".join(found).encode() + b" " if found else b""
                known = self._lines[line] = (len(found), folded, without_targets(line).encode() + b"\n")
            count += known[0]
            words.update(known[1])
            linkless.update(known[2])
        return Words(count, words.digest(), linkless.digest())


def fingerprints(text: str) -> Words:
    """Return the fingerprints of one text."""
    return Fingerprints().of(text)
