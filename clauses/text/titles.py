"""Tells titles from words: lines that only bold, italics, a number or capitals make a heading, and run-in titles.

A title may stand alone in its line, or begin a paragraph ("**Retention.** We keep …", "11.9 Governing Law. Irish …").
"""

from __future__ import annotations

import re

from clauses.text.plain import plain

HEADING_WORDS = 16
"""A line in bold alone is a heading if it has no more words."""
SLOPING_WORDS = 10
"""A line in italics alone is a heading if it has no more words."""
NUMBERED_HEADING_WORDS = 8
"""A numbered title, or one in capitals, is a heading without any markup if it has no more words."""
RUN_IN_WORDS = 8
"""A title at the beginning of a paragraph has no more words."""
BARE_TITLE_WORDS = 12
"""A line that says nothing itself has fewer words."""
_LONGEST_TITLE = 300
_RUN_IN_GLANCE = 140

_BOLD = re.compile(
    r"(?:[*+-]\s+|\d{1,3}[.)]\s+)?(?:\[\]\([^)\s]*\))*(?:\d+(?:\\?\.\d+)*\\?[.)]?\s+)?"
    r"(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)\s*:?$"
)
_SLOPING = re.compile(r"(?:_\*\*|\*\*_|\*_|_\*|_|\*)(?=[^\s_*])([^_*\n]+)(?:_\*\*|\*\*_|\*_|_\*|_|\*)\s*:?$")
_NUMBER = re.compile(
    r"(?:(?:section|article|part|clause)\s+)?(\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Z])(?:[.):]\s*|\s+)", re.IGNORECASE
)
_RUN_IN_BOLD = re.compile(
    r"(?:[*+•●-]\s+|\d{1,3}\\?[.)]\s+|\([a-zA-Z0-9]{1,4}\)\s*)?(?:\d+(?:\\?\.\d+)*\\?[.)]?\s+)?"
    r"(?:\*\*_?|_\*\*|__)(?=\S)([^*\n]{3,100}?)(_?\*\*|\*\*_|__)([.:]?)(?=\s*\S)"
)
_RUN_IN_NUMBERED = re.compile(
    r"(?:[*+-]\s+)?(\d{1,3}(?:\.\d{1,3})+\\?\.?\s+([A-Z][^.:;?!|\n]{2,70}))[.:]\s+(?=\([a-z]{1,3}\)|[“\"(]?[A-Z])"
)
_NUMBERS = re.compile(r"(?:[*+-]\s+)?[*_(\s]*(\d{1,3}(?:\\?\.\d{1,3})*)(?![\w%/])")
_SMALL = re.compile(
    r"(?:an?|and|as|at|by|for|from|in|into|is|of|on|or|our|the|their|to|under|us|via|we|with|you|your|its?|not)$"
)
_ASKING = re.compile(r"(?:how|what|when|where|why|who|which)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?<=\w)\s+(?:that|which|we|you|us|they)\b.*")
_SAYING = re.compile(
    r"^(?:we|you)\b|\b(?:is|are|may|can|cannot|will|shall|must|does|has|have|agrees?|reserves?|grants?|governed)\b",
    re.IGNORECASE,
)


def bold_title(line: str) -> str | None:
    """Return the words of a line that is a title because all of it is bold; None if it is none."""
    found = _BOLD.match(line) if len(line) <= _LONGEST_TITLE else None
    if found is None:
        return None
    words = found.group(1).strip()
    count = len(words.split())
    letters = sum(map(str.isalpha, words))
    unended = words.endswith((";", ",", " or", " and")) or (line.rstrip("* ").endswith(":") and count > RUN_IN_WORDS)
    if "**" in words or count > HEADING_WORDS or unended or letters < (4 if words[0] == "(" else 1):
        return None
    return words if not words.endswith(".") or (count <= 10 and _is_titled(words)) else None


def sloping_title(line: str) -> str | None:
    """Return the words of a line that is a title because all of it is in italics; None if it is none."""
    found = _SLOPING.match(line) if len(line) <= _LONGEST_TITLE else None
    if found is None:
        return None
    words = found.group(1).strip()
    titled = words[:1].isupper() and not words.endswith((".", ",", ";", "!")) and len(words.split()) <= SLOPING_WORDS
    return words if titled and any(map(str.isalpha, words)) else None


def numbered_title(line: str) -> str | None:
    """Return the words of a line that is a title because of its number or its capitals; None if it is none."""
    words = plain(line)
    number = _NUMBER.match(words)
    title = words[number.end() :] if number else words
    count = len(title.split())
    letters = sum(map(str.isalpha, title))
    if not 0 < count <= NUMBERED_HEADING_WORDS or title[-1] in ":;,?>" or not letters:
        return None
    capitals = title.upper() == title and letters > max(3, sum(map(str.isdigit, title))) and title.lower() != title
    if capitals or (number is not None and title[0].isupper() and (not title.endswith(".") or _is_titled(title))):
        return title
    return None


def run_in_title(words: str) -> str:
    """Return the title that begins a paragraph, with its number, in plain words; empty where there is none."""
    glance = words[:_RUN_IN_GLANCE]
    if found := _RUN_IN_BOLD.match(glance):
        title, rest = found.group(1).strip(" _\xa0"), glance[found.end() :]
        stopped = found.group(3) or title.endswith((".", ":")) or rest.lstrip(" \xa0")[:1] in tuple("-–—")
        short = len(title.split()) <= RUN_IN_WORDS and "](" not in title
        if short and any(map(str.isalpha, title)) and (stopped or "\n" in rest[:3]):
            return plain(glance[: found.end()]).rstrip(" .:")
    elif (found := _RUN_IN_NUMBERED.match(glance)) and len(found.group(2).split()) <= RUN_IN_WORDS:
        return plain(found.group(1)) if _is_titled(found.group(2)) else ""
    return ""


def is_bare_title(words: str) -> bool:
    """Tell a line that names what follows and says nothing itself: a few words without a stop or a verb of its own."""
    said = plain(words)
    if said.count(" ") >= BARE_TITLE_WORDS or said[-1:] in tuple(".!?;:"):
        return False
    return _ASKING.match(said) is not None or _SAYING.search(_RELATIVE.sub("", said)) is None


def numbers(words: str) -> tuple[int, ...]:
    """Return the parts of the number that words begin with: 4, 2 for "4.2 Fees"; none where they begin with none."""
    found = _NUMBERS.match(words[:_RUN_IN_GLANCE])
    return tuple(map(int, re.findall(r"\d+", found.group(1)))) if found else ()


def depth(line: str) -> int:
    """Return how many parts more than one the number of a title has."""
    number = _NUMBER.match(line.replace("*", "").replace("\\", "").replace("_", ""))
    return number.group(1).count(".") if number else 0


def _is_titled(title: str) -> bool:
    """Tell a title from a short sentence: all of its words but the small ones begin with a capital or a digit."""
    words = [word.strip("“”\"'()*_,.") for word in title.split()]
    return all(not word[:1].islower() or _SMALL.match(word) for word in words)
