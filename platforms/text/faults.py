"""Tells texts that are no policy: shells, error pages, walls, near-empty captures (rule 4).

The thresholds stand here alone; the methodology page prints them. They err on the side of keeping a text.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Fault(StrEnum):
    """Why a text is no policy to read. The model of the same name says it in words."""

    NONE = ""
    UNDECODABLE = "undecodable"
    NEAR_EMPTY = "near_empty"
    PAGE_SHELL = "page_shell"
    ERROR_PAGE = "error_page"
    WALL = "wall"
    TRUNCATED = "truncated"


NEAR_EMPTY_WORDS = 25
"""A text with fewer words says nothing that could be read."""
SHORT_WORDS = 150
"""Error pages and walls are told by their phrases only in texts shorter than this."""
SHELL_SHARE = 0.5
"""A text with at least this share of its non-blank lines looking like code or style is a shell."""
TRUNCATED_SHARE = 0.2
"""A text with less than this share of the words of the good one before it is truncated, until confirmed."""
TRUNCATED_FROM_WORDS = 300
"""Truncation is only told where the text before had at least so many words."""

CODE_LINE = re.compile(
    r"^\s*(?:[.#@][\w-]+[^.!?]*\{|[\w-]+\s*:\s*[^.!?]{1,120};\s*$|\}|\{|//|/\*|\*/|function\b|var\s+\w+\s*=|const\s+\w+\s*="
    r"|window\.|document\.|<script|<style|if\s*\(.*\)\s*\{|return\b.*;$|self\.__next_f|\w+\([^)]*\);?$)"
)
ERROR_PHRASES = re.compile(
    r"\b(?:404|403|500|502|503)\b.{0,40}\b(?:not found|forbidden|error|unavailable|bad gateway)\b"
    r"|page (?:not found|cannot be found|can.t be found|does(?:n.t| not) exist|isn.t available|is unavailable)"
    r"|(?:temporarily|currently) unavailable|access denied|something went wrong|internal server error"
    r"|this content isn.t available|an error (?:has )?occurred|bad request|service unavailable",
    re.IGNORECASE,
)
WALL_PHRASES = re.compile(
    r"(?:enable|requires|activate) (?:cookies|javascript)|checking your browser"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|are you a robot|captcha|unusual traffic|just a moment|(?:log|sign) in to (?:continue|your account)"
    r"|you must (?:log|sign) in|before you continue|performance & security by|ray id",
    re.IGNORECASE,
)


def fault_of(text: str, words: int) -> Fault:
    """Return the fault of a text that has so many words, judged by itself alone."""
    if words < NEAR_EMPTY_WORDS:
        return Fault.NEAR_EMPTY
    if looks_like_code(text):
        return Fault.PAGE_SHELL
    if words < SHORT_WORDS:
        if ERROR_PHRASES.search(text):
            return Fault.ERROR_PAGE
        if WALL_PHRASES.search(text):
            return Fault.WALL
    return Fault.NONE


def looks_like_code(text: str) -> bool:
    """Tell whether most of the lines of a text are code or style; reads the first 400 lines that are not blank."""
    lines = [line for line in text.split("\n", 2000)[:2000] if line.strip()][:400]
    if not lines:
        return False
    braces = text.count("{") + text.count("}")
    if braces < len(lines) * 0.2 and braces * 200 < len(text):
        return False
    code = sum(1 for line in lines if CODE_LINE.match(line[:300]))
    return code >= SHELL_SHARE * len(lines) or braces * 40 > len(text)
