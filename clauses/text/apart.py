"""Tells what stands in a document and is no clause: menus, code, data about cookies, titles, other languages.

Such paragraphs keep their numbers and are never judged.
"""

from __future__ import annotations

import re
from enum import StrEnum

from clauses.text.blocks import BlockKind
from clauses.text.plain import plain
from clauses.text.titles import is_bare_title


class Apart(StrEnum):
    """Why a paragraph is left alone."""

    CODE = "code"
    MENU = "menu"
    NAMES = "names"
    TITLE = "title"
    LANGUAGE = "language"
    CHANGES = "changes"


_SHARE = 0.7
"""A list with at least this share of its words inside links is a menu; so of a list of names."""
_FEWEST_LINKS = 4
_FEWEST_WORDS = 12
"""The language of fewer words is not told."""
_LATIN_SHARE = 0.6
_ENGLISH_SHARE = 0.12
_GLANCE = 1_500
"""Code points of a paragraph in which its language and its marks of code are looked for."""

_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)")
_CODE_MARKS = ("{", "<", "data:image/", "document.")
_CODE = re.compile(
    r"\bfunction\s*\(|=>\s*\{|</?(?:div|script|span|style)\b|\b(?:var|let|const) \w+ ?=|\bdocument\."
    r"|\{\s*[\w-]+:[^}]*;\s*\}|data:image/|\bwindow\.\w|@media\b|!important"
)
_COOKIE_HEADER = re.compile(
    r"\b(?:cookies?|name|provider|vendor|domain|host|expir\w*|duration|lifespan|lifetime|retention|type|party|purpose|service"
    r"|description|category|tracker)\b",
    re.IGNORECASE,
)
_COOKIE_NAME = re.compile(
    r"\\?_+\w[\w\\.-]*|[a-z]+(?:\\?_[\w\\]*|[-.][\w.-]+|\d\w*)[\w\\.*<>{}-]*|[A-Za-z]*[A-Z]{2,}\w*\d*|[\w-]+\.(?:com|net|org|io|eu|de)"
    r"|[a-z]+(?:[A-Z][a-z]+)+\w*|[a-z]{2,14}"
)
_TECHNICAL = re.compile(
    r"_\w|\w_|^[a-z]+[A-Z]\w*|^[A-Z][a-z]+[A-Z][a-z]\w*|[a-zA-Z]\d|^[A-Z]{2,8}$|\w\.(?:com|net|org|io)\b"
)
_CHANGE = re.compile(
    r"(?:[*+•-]\s+)?(?:\*\*)?(?:added|fixed|updated|removed|clarified|renamed|improved|changed|new)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|or|you|your|we|our|is|for|that|this|by|with|not|on|are|any|as|be|will|may|it|if|from|an|us|at"
    r"|have|which|can|such|other|when|all|do|these|their|has|no|use|its|about|who|they|more|information)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:de|la|le|les|des|et|du|en|un|une|que|vous|nous|pour|dans|sur|est|au|aux|ou|par|avec|votre|nos|qui|el|los|las|del"
    r"|se|una|por|para|con|su|sus|como|al|e|il|di|che|per|non|gli|della|si|sono|der|die|das|und|zu|den|von|mit|ist|für|auf"
    r"|im|sie|wir|nicht|eine|einer|oder|werden|bei|een|het|van|op|te|voor|zijn|met|wij|dat|niet|ja|da|os|em|uma|não|och"
    r"|att|det|som|är|av|till|på|w|z|na|nie|się|jest|oraz)\b",
    re.IGNORECASE,
)
_COMMONEST = (" the ", " to ", " of ", " and ", " you", " our ")


def left_alone(kind: BlockKind, words: str) -> Apart | None:
    """Return why a paragraph is left alone; None where it is to be judged."""
    if kind == BlockKind.CODE or _is_code(words[:_GLANCE]):
        return Apart.CODE
    if "](" in words and _is_menu(words):
        return Apart.MENU
    if kind in (BlockKind.TABLE, BlockKind.LIST) and _is_names(kind, words):
        return Apart.NAMES
    if kind == BlockKind.LIST and _is_change_log(words):
        return Apart.CHANGES
    if is_foreign(words):
        return Apart.LANGUAGE
    return Apart.TITLE if _is_title(kind, words) else None


def _is_title(kind: BlockKind, words: str) -> bool:
    """Tell a title that stands as a paragraph, or as a list of one numbered item; an item with a bullet is none."""
    alone = kind == BlockKind.PARAGRAPH or (kind == BlockKind.LIST and "\n" not in words and words[0].isalnum())
    return alone and len(words) < 200 and is_bare_title(words)


def _is_code(words: str) -> bool:
    return any(mark in words for mark in _CODE_MARKS) and len(_CODE.findall(words)) > 1


def is_foreign(words: str) -> bool:
    """Tell words that are not English by their letters, or by the small words that every language has most of."""
    glance = words[:_GLANCE]
    if sum(map(glance.count, _COMMONEST)) >= max(2, _ENGLISH_SHARE * glance.count(" ")):
        return False
    said = plain(glance)
    found = _WORD.findall(said)
    if not said.isascii() and sum(word[0] < "ɐ" for word in found) < _LATIN_SHARE * len(found):
        return True
    if len(found) < _FEWEST_WORDS:
        return False
    english = len(_ENGLISH.findall(glance))
    if english >= _ENGLISH_SHARE * len(found):
        return False
    return len(_OTHER.findall(glance)) > max(2, 1.5 * english)


def _is_menu(words: str) -> bool:
    """Tell a list of links, and a line that is nothing but a link to a place in the page."""
    links = _LINK.findall(words)
    linked = sum(len(link.split()) for link in links)
    if len(links) >= _FEWEST_LINKS:
        return linked >= _SHARE * max(1, len(plain(words).split()))
    rest = _LINK.sub("", words)
    return bool(links) and linked < _FEWEST_WORDS and not any(map(str.isalpha, rest)) and "](#" in words


def _is_names(kind: BlockKind, words: str) -> bool:
    """Tell a table or a list of cookies by name: most of its rows hold what is no word of a language."""
    lines = [line.strip() for line in words.split("\n") if any(map(str.isalnum, line))]
    if kind == BlockKind.LIST:
        names = [line for line in lines[1:] if _COOKIE_NAME.fullmatch(line.lstrip("*+-• "))]
        return len(lines) > 2 and len(names) >= _SHARE * (len(lines) - 1)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    header = " ".join(cell for row in rows[:2] for cell in row if len(cell.split()) < _FEWEST_WORDS)
    if len(set(map(str.lower, _COOKIE_HEADER.findall(header)))) < 2 or "cookie" not in words.lower():
        return False
    named = [row for row in rows[1:] if any(map(_is_technical, row)) or _is_name(row[0])]
    stood = rows[0][0].lower() == "name" and _is_technical(rows[0][-1])
    return stood or len(named) >= 0.5 * max(1, len(rows) - 1)


def _is_name(cell: str) -> bool:
    """Tell one to three words of small letters, as cookies are called."""
    return 0 < len(words := cell.strip(" .*").split()) <= 3 and all(
        _COOKIE_NAME.fullmatch(w.strip(";,")) for w in words
    )


def _is_technical(cell: str) -> bool:
    """Tell a cell that holds the names of cookies and hosts and little else."""
    words = _LINK.sub(r"\1", cell).replace("<br>", " ").split()
    return 0 < len(words) <= _FEWEST_WORDS and any(map(_TECHNICAL.search, words)) and not cell.endswith(".")


def _is_change_log(words: str) -> bool:
    """Tell notes of a release: most of the items say what was added, fixed or removed."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    return len(lines) > 2 and sum(_CHANGE.match(line) is not None for line in lines) >= _SHARE * len(lines)
