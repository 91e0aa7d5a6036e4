"""Finds the sentences of a piece of text. Lines that begin an item end the sentence before."""

from __future__ import annotations

import re

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]*_]*+(?=\s)|\n(?=\s*(?:[*+-]|\d{1,3}[.)])\s)|\n\s*\n")
_GLANCE = 24
"""Code points before a stop in which an abbreviation is looked for."""
_NEVER_LAST = re.compile(
    r"(?:(?<![\w.])(?:Nos?|Arts?|Secs?|Paras?|Figs?|Nr|Abs|Mr|Mrs|Ms|Dr|Prof|St|Ste|Tel|vs?|cf|ca|al|approx|lit|resp|incl"
    r"|e\.g|i\.e|viz|pp?)|^\s*(?:[*+-]\s+)?(?:\*\*|\()?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+|[A-Z])\)?)\\?\.(?:\*\*)?$"
)
"""What is followed by more of its sentence: titles, references, and the number at its beginning."""
_SELDOM_LAST = re.compile(
    r"(?<![\w.])(?:Inc|Ltd|Co|Corp|Cos|Bros|LLC|Ave|Blvd|Rd|Dept|a\.m|p\.m|etc|seq|(?:[A-Z]\.){0,3}[A-Z])\.[”’\")]*$"
)
"""What ends a sentence only where a word follows that begins one."""
_BEGINNER = re.compile(
    r"[\s\"“‘(*_\[]*(?:The|This|That|These|Those|We|You|Your|Our|It|Its|If|In|For|To|By|On|At|As|All|Any|Each|Such|No"
    r"|When|Where|While|Unless|Until|Please|However|See|Upon|After|Before|Under|Users?|They|There|Some|Other|Nothing"
    r"|Notwithstanding|Except|Subject|With|Without|From|Once|Should|Do|What|How|Why|Who|IN|THE|YOU|WE|THIS|IF|TO)\b"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, in code points; they start and end with non-blank characters."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        if text[found.start()] == "." and _is_abbreviation(text, start, found.start() + 1, end):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _is_abbreviation(text: str, start: int, stop: int, end: int) -> bool:
    """Tell whether the stop before `stop` belongs to a word, and the sentence goes on after `end`."""
    tail = text[max(start, stop - _GLANCE) : stop]
    if found := _NEVER_LAST.search(tail):
        return found.start() > 0 or stop - start <= _GLANCE
    if not _SELDOM_LAST.search(tail):
        return False
    following = text[end : end + _GLANCE]
    first = following.lstrip()[:1]
    return not first.isupper() or _BEGINNER.match(following) is None


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    words = text[start:end]
    stripped = words.strip()
    if stripped:
        at = start + len(words) - len(words.lstrip())
        spans.append((at, at + len(stripped)))
