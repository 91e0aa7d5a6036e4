"""Extracts the text of a captured document: the one way from bytes to Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from platforms.text.extraction import pdf
from platforms.text.extraction.decoding import decode
from platforms.text.extraction.documents import document_meant
from platforms.text.extraction.inline import target_of
from platforms.text.extraction.main_text import keep_main_text
from platforms.text.extraction.markdown import Writer
from platforms.text.extraction.metadata import language_of_page, title_of
from platforms.text.extraction.plain import from_markdown, from_plain
from platforms.text.extraction.tree import Element, matched, parse, tree_of

EXTRACTOR_RELEASE = "atlas 2026.1"
"""Names the rules by which texts are extracted. Any change of output is a new release (rule 5)."""
_PDF_WITHIN = 1024
"""The mark of a PDF stands within so many bytes (as readers of PDF have it)."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where the text stands in a page: CSS selectors. Without `select` the main text is found; `remove` is dropped."""

    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document. `language` is what the page states, a BCP 47 tag, or empty."""

    markdown: str
    title: str
    language: str


class SelectorsMatchNothing(Exception):
    """The declared selectors match nothing in the page, or are no selectors."""


def extract(
    body: bytes,
    *,
    content_type: str = "",
    declaration: Declaration = Declaration(),
    base_url: str = "",
    name: str = "",
) -> Extracted:
    """Return the text of a captured HTML, XHTML, Markdown, plain text or PDF document as Markdown.

    Args:
        body: the bytes as captured.
        content_type: the Content-Type header; what the bytes plainly contradict is not believed.
        declaration: where the text stands; by default it is found.
        base_url: the address of the page: links become absolute, and its fragment may mean one of several documents.
        name: the name of the document, such as "Privacy Policy", which may mean one of several on the page.

    Raises:
        SelectorsMatchNothing: the declaration does not fit the page.
        UnreadableDocument: a PDF is encrypted, damaged or made of images.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if b"%PDF-" in body[:_PDF_WITHIN] and not body[:_PDF_WITHIN].lstrip().startswith(b"<"):
        found = pdf.read(body)
        return Extracted(found.markdown, found.title, found.language)
    if kind == "application/pdf" and not _looks_like_html(body):
        raise pdf.UnreadableDocument(
            "The document is announced as PDF and is none. Fetch it again, or declare its real address."
        )
    text = decode(body, content_type)
    if kind in {"text/markdown", "text/x-markdown"}:
        return Extracted(from_markdown(text), _first_line(text), "")
    if kind == "text/plain" and not _looks_like_html(body):
        return Extracted(from_plain(text), _first_line(text), "")
    return _from_html(text, declaration, base_url, name)


def _from_html(text: str, declaration: Declaration, base_url: str, name: str) -> Extracted:
    page = parse(text)
    try:
        chosen, removed = matched(page, declaration.select), matched(page, declaration.remove)
    except ValueError as error:
        raise SelectorsMatchNothing(f"{error}. Correct the document's declaration.") from error
    root = tree_of(page, chosen, removed)
    if declaration.select:
        roots = _outermost(root)
        if not roots:
            raise SelectorsMatchNothing(
                f"Nothing in the page matches {', '.join(declaration.select)}. The page may have been rebuilt: "
                "look at it and give the document a new declaration, or none, so that its main text is found."
            )
    else:
        keep_main_text(root)
        roots = [document_meant(root, _fragment(base_url), name) or root]
    base = page.css_first("base[href]")
    writer = Writer(_joined(base_url, (base.attributes.get("href") or "") if base is not None else ""))
    return Extracted(writer.text(roots), title_of(page), language_of_page(page))


def _outermost(root: Element) -> list[Element]:
    """Return the chosen elements in document order, without those within another."""
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.chosen:
            found.append(element)
        else:
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))
    return found


def _fragment(address: str) -> str:
    try:
        return unquote(urlsplit(address).fragment)
    except ValueError:
        return ""


def _joined(base_url: str, base: str) -> str:
    return (target_of(base, base_url) or base_url) if base else base_url


def _looks_like_html(body: bytes) -> bool:
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml"))


def _first_line(text: str) -> str:
    line = next((line for line in text.split("\n") if line.strip("# \t\r=-")), "")
    return line.strip("# \t\r")[:300]
