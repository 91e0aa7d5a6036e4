"""What a reader finds in a text: paragraphs that belong to types, with where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from clauses.text.blocks import blocks
from clauses.text.classify import Finding, findings_of

HEADING_LIMIT = 500
_HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Found:
    """One paragraph found to belong to one type."""

    finding: Finding
    number: int
    start: int
    end: int
    heading: str
    words: str
    sha256: bytes

    @property
    def type(self) -> str:
        """Return the slug of the type."""
        return self.finding.type


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as read: how many numbered paragraphs it has, where they are, and what was found in them."""

    paragraphs: tuple[tuple[int, int, int, str], ...]
    found: tuple[Found, ...]

    def paragraph_at(self, offset: int) -> tuple[int, str]:
        """Return the number and the heading path of the paragraph that holds an offset, 0 and none outside all."""
        for number, start, end, heading in self.paragraphs:
            if start <= offset < end:
                return number, heading
        return 0, ""


class TextReader:
    """Reads texts that share most of their paragraphs, judging each distinct paragraph once."""

    def __init__(self, types: Container[str]) -> None:
        self._types = types
        self._judged: dict[tuple[str, tuple[str, ...]], tuple[Finding, ...]] = {}

    def read(self, text: str) -> Sheet:
        """Segment a text and judge each numbered paragraph; findings of other types are left out."""
        numbered = [block for block in blocks(text) if block.number]
        keys = [(text[block.start : block.end], block.heading) for block in numbered]
        new = list(dict.fromkeys(key for key in keys if key not in self._judged))
        for key, findings in zip(new, findings_of(new), strict=True):
            self._judged[key] = tuple(finding for finding in findings if finding.type in self._types)
        found = []
        for block, key in zip(numbered, keys, strict=True):
            for finding in self._judged[key]:
                words = key[0]
                sha256 = hashlib.sha256(words.encode()).digest()
                found.append(Found(finding, block.number, block.start, block.end, heading_path(key[1]), words, sha256))
        return Sheet(
            tuple((b.number, b.start, b.end, heading_path(b.heading)) for b in numbered),
            tuple(found),
        )


def heading_path(heading: tuple[str, ...]) -> str:
    """Return a heading path as one line, outermost first, cut to what the database keeps."""
    path = _HEADING_SEPARATOR.join(heading)
    return path if len(path) <= HEADING_LIMIT else path[: HEADING_LIMIT - 1] + "…"
