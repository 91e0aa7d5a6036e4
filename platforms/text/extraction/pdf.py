"""Reads the text of a PDF (by PDFium, the reader of Chromium): lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from platforms.text.extraction.inline import cleaned, escaped

MOST_PAGES = 2000
FEWEST_LETTERS = 20
"""A document with fewer letters than this a page, on average, is made of images."""
RUNNING_SHARE = 0.5
"""What stands at the top or bottom of at least this share of the pages, digits aside, is a running head or foot."""
EDGE_LINES = 2
HEADING_SIZE = 1.15
"""A short line is a heading if its type is larger than that of the text by this factor."""
HEADING_WORDS = 16
PARAGRAPH_GAP = 1.35
"""Lines further apart than the usual distance times this belong to two paragraphs."""
_BULLET = re.compile(r"^[•●○◦▪■‣⁃·∙\uf0b7\uf0a7] ?(?=\S)|^[-–*] (?=\S)")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\S)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—|]?\s*\d{1,4}\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;]['\")\]”’]?$")
_START = re.compile(r"^(#{1,6}(?= )|>|[-+](?= )|={3,}$|-{3,}$)")


class UnreadableDocument(Exception):
    """A document that holds no text to be read; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a PDF."""

    markdown: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its type size, where it stands (points from the lower left corner)."""

    text: str
    size: float
    left: float
    right: float
    base: float
    joined: bool
    """Whether its last word goes on in the next line."""


def read(body: bytes) -> Read:
    """Return the text of a PDF as Markdown.

    Raises:
        UnreadableDocument: it is encrypted, damaged, or made of images.
    """
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument("The PDF is locked with a password. Ask the publisher for an open one.") from error
        raise UnreadableDocument("The PDF is damaged and cannot be read. Fetch it again.") from error
    try:
        pages = [_lines(document, number) for number in range(min(len(document), MOST_PAGES))]
        stated = document.get_metadata_dict()
    finally:
        document.close()
    letters = sum(c.isalpha() for page in pages for line in page for c in line.text)
    if letters < FEWEST_LETTERS * max(1, len(pages)) and not (len(pages) == 1 and letters):
        raise UnreadableDocument(
            "The PDF has no text, only images. Import a text of it, made by text recognition, with its source stated."
        )
    pages = _without_running(pages)
    blocks = _blocks(pages)
    title = cleaned(stated.get("Title", "")).strip() or _first_heading(blocks)
    text = "\n\n".join(blocks)
    return Read(f"{text}\n" if text else "", title[:300], "")


def _lines(document: pdfium.PdfDocument, number: int) -> list[Line]:
    """Return the lines of a page in the order of the document."""
    try:
        page = document[number]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        return []
    try:
        text = words.get_text_range(errors="replace")
        count = words.count_chars()
        exact = len(text) == count
        found: list[Line] = []
        place = 0
        for part in re.split(r"(\r\n|\r|\n)", text):
            if part and not part.isspace():
                found.append(_line(words, part, place, count, exact))
            place += len(part)
        return found
    finally:
        words.close()
        page.close()


def _line(words: pdfium.PdfTextPage, part: str, place: int, count: int, exact: bool) -> Line:
    first = place + len(part) - len(part.lstrip())
    last = place + len(part.rstrip()) - 1
    joined = part.rstrip(" ")[-1:] in {"\x02", "\ufffe"}
    text = cleaned(part.replace("\ufffe", "\x02")).strip()
    if not exact or last >= count:
        return Line(text, 0, 0, 0, 0, joined)
    left, bottom, _, top = words.get_charbox(first, loose=True)
    _, _, right, _ = words.get_charbox(last, loose=True)
    size = raw.FPDFText_GetFontSize(words.raw, first)
    height = top - bottom
    return Line(text, round(height if size <= 1 else max(size, 1), 1), left, right, bottom, joined)


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out heads, feet and page numbers that repeat."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in _edges(page)})
    least = max(2, RUNNING_SHARE * len(pages))
    found = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        found.append(
            [
                line
                for line in page
                if not (
                    id(line) in edges
                    and (seen[_shape(line.text)] >= least or (len(pages) > 1 and _PAGE_NUMBER.match(line.text)))
                )
            ]
        )
    return found


def _edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: line.base)
    return [*ordered[:EDGE_LINES], *ordered[-EDGE_LINES:]]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _blocks(pages: list[list[Line]]) -> list[str]:
    """Return the paragraphs, items and headings of a document."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    size = _usual([line.size for line in lines for _ in range(len(line.text) // 20 + 1)])
    gaps = [a.base - b.base for page in pages for a, b in zip(page, page[1:], strict=False) if 0 < a.base - b.base < 40]
    gap = median(gaps) if gaps else 0.0
    larger = sorted({line.size for line in lines if _is_large(line, size)}, reverse=True)
    right = max((line.right for line in lines), default=0.0)
    found: list[str] = []
    held: list[Line] = []
    for line in lines:
        if held and _parts(held[-1], line, gap, size, right):
            found.append(_block(held, size, larger))
            held = []
        held.append(line)
    found.append(_block(held, size, larger))
    return _listed([block for block in found if block])


def _usual(sizes: list[float]) -> float:
    return Counter(sizes).most_common(1)[0][0]


def _is_large(line: Line, size: float) -> bool:
    return size > 0 and line.size >= HEADING_SIZE * size and len(line.text.split()) <= HEADING_WORDS


def _parts(before: Line, line: Line, gap: float, size: float, right: float) -> bool:
    """Tell whether a line begins a block of its own."""
    if before.joined:
        return False
    if _BULLET.match(line.text) or _is_large(line, size) != _is_large(before, size):
        return True
    distance = before.base - line.base
    on_next_page = distance < -2 * max(size, 1)
    if on_next_page:
        return bool(_SENTENCE_END.search(before.text)) or not line.text[:1].islower()
    if gap and distance > PARAGRAPH_GAP * gap and line.size:
        return True
    ends_short = bool(right) and before.right < right * 0.85 and bool(_SENTENCE_END.search(before.text))
    return (bool(_NUMBERED.match(line.text)) and bool(_SENTENCE_END.search(before.text))) or ends_short


def _block(lines: list[Line], size: float, larger: list[float]) -> str:
    text = ""
    for line in lines:
        part = line.text
        if not text:
            text = part
        elif text.endswith("-") and not text.endswith(" -") and part[:1].islower() and not _compound(text):
            text = text[:-1] + part
        else:
            text = f"{text}{'' if text.endswith('-') else ' '}{part}"
        if line.joined:
            text = f"{text.rstrip()}-"
    if not text:
        return ""
    if lines and _is_large(lines[0], size):
        return f"{'#' * min(larger.index(lines[0].size) + 1, 6)} {escaped(text)}" if lines[0].size in larger else escaped(text)
    if _BULLET.match(text):
        return f"- {escaped(_BULLET.sub('', text).strip())}"
    return _START.sub(r"\\\1", escaped(text))


def _compound(text: str) -> bool:
    """Tell a word that keeps its hyphen: `third-`, `non-`, and one that has another hyphen already."""
    word = text.split()[-1][:-1].casefold()
    return "-" in word or word in {"third", "non", "self", "opt", "co", "cross", "sub", "pre", "post", "long", "short", "well"}


def _listed(blocks: list[str]) -> list[str]:
    """Join neighbouring items to one list."""
    found: list[str] = []
    for block in blocks:
        if block.startswith("- ") and found and found[-1].startswith("- "):
            found[-1] += f"\n{block}"
        else:
            found.append(block)
    return found


def _first_heading(blocks: list[str]) -> str:
    return next((block.lstrip("# ") for block in blocks if block.startswith("#")), blocks[0][:300] if blocks else "")
