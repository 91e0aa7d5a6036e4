"""Reads the text of a PDF (by PDFium, the reader of Chromium): lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from platforms.text.extraction.inline import cleaned
from platforms.text.extraction.pdf_blocks import Line, blocks, first_heading, without_running

MOST_PAGES = 2000
_HYPHENS = ("\x02", "\ufffe")
"""PDFium writes one of these for a hyphen at the end of a line, and no line end."""
_LINE_ENDS = re.compile("(\r\n|\r|\n|\x02|\ufffe)")
FEWEST_LETTERS = 20
"""A document with fewer letters than this a page, on average, is made of images."""


class UnreadableDocument(Exception):
    """A document that holds no text to be read; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a PDF."""

    markdown: str
    title: str
    language: str


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
    pages = without_running(pages)
    found = blocks(pages)
    title = cleaned(stated.get("Title", "")).strip() or first_heading(found)
    text = "\n\n".join(found)
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
        exact = len(text) == count  # else places cannot be told; no known document is so
        parts = _LINE_ENDS.split(text)
        found: list[Line] = []
        place = 0
        for part, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if part.strip():
                found.append(_line(words, part, place, count if exact else 0, end in _HYPHENS))
            place += len(part) + len(end)
        return found
    finally:
        words.close()
        page.close()


def _line(words: pdfium.PdfTextPage, part: str, place: int, count: int, joined: bool) -> Line:
    first = place + len(part) - len(part.lstrip())
    last = place + len(part.rstrip()) - 1
    text = cleaned(part).strip()
    if last >= count:
        return Line(text, 0, 0, 0, 0, joined)
    left, bottom, _, top = words.get_charbox(first, loose=True)
    _, _, right, _ = words.get_charbox(last, loose=True)
    size = raw.FPDFText_GetFontSize(words.raw, first)
    return Line(text, round(top - bottom if size <= 1 else size, 1), left, right, bottom, joined)
