"""Cleans documents that are text already: plain text and Markdown."""

from __future__ import annotations

import re

from platforms.text.extraction.inline import cleaned, escaped

_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b]")
_BLANK = re.compile(r"\n{3,}")
_START = re.compile(r"^(#{1,6} |>|[-+](?= )|={3,}$|-{3,}$|~~~)|^(\d{1,9})([.)])(?= )")


def from_markdown(text: str) -> str:
    """Return Markdown with clean lines: no blanks at their ends, one blank line between blocks."""
    lines = [line.rstrip() for line in _LINES.sub("\n", text.replace("\0", "")).replace("\f", "\n").split("\n")]
    return _whole("\n".join(lines))


def from_plain(text: str) -> str:
    """Return plain text as Markdown: its lines and paragraphs stay, and no sign of it becomes markup."""
    lines = _LINES.sub("\n", text.replace("\0", "")).replace("\f", "\n\n").split("\n")
    return _whole("\n".join(_line(line) for line in lines))


def _line(line: str) -> str:
    words = cleaned(line).strip()
    if re.match(r"[-+*•] ", words):
        return f"- {escaped(words[2:])}"
    if re.match(r"\d{1,3}[.)] ", words):
        return escaped(words)
    return escaped(words) if not _START.match(words) else "\\" + escaped(words)


def _whole(text: str) -> str:
    text = _BLANK.sub("\n\n", text).strip("\n")
    return f"{text}\n" if text.strip() else ""
