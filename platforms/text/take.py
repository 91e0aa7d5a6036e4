"""Takes the text of a document from a page, or says why the page has it not. Pure: extraction, then the gate."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from platforms.text.extraction import (
    EXTRACTOR_RELEASE,
    Declaration,
    SelectorsMatchNothing,
    UnreadableDocument,
    extract,
)
from platforms.text.gate import gate
from platforms.text.language import language_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page should hold.

    Attributes:
        title: of the document.
        kind: of the document, as DocumentKind has it.
        language: ISO 639-1, empty where it is not known.
        url: the address that was asked.
        words_before: words of the latest good text, None where there is none.
        declaration: where the text stands on the page.
    """

    title: str
    kind: str
    language: str
    url: str
    words_before: int | None
    declaration: Declaration


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came, with what the server said of them."""

    body: bytes = field(repr=False)
    content_type: str
    final_url: str


@dataclass(frozen=True, slots=True)
class Untaken:
    """Why no text was taken; `reason` is a value of FailureReason."""

    reason: str
    note: str


def take(page: Page, wanted: Wanted) -> str | Untaken:
    """Return the Markdown of the document that a page holds, or why it holds none."""
    try:
        found = extract(
            page.body,
            content_type=page.content_type,
            declaration=wanted.declaration,
            base_url=page.final_url,
            name=wanted.title,
        )
        found.markdown.encode()
    except SelectorsMatchNothing as error:
        return Untaken("selectors_miss", str(error))
    except UnreadableDocument as error:
        return Untaken("unreadable", str(error))
    except Exception as error:
        # A page is hostile until shown otherwise: one that breaks the extraction costs its own check and no other's.
        logger.exception("extraction failed on %s", page.final_url)
        return Untaken("unreadable", f"The extraction broke on this page ({type(error).__name__}); its bytes are kept.")
    if "\0" in found.markdown:
        return Untaken("unreadable", "The text holds NUL, which is no character of a text.")
    refused = gate(
        markdown=found.markdown,
        title=found.title,
        language=wanted.language,
        found_language=language_of(found.markdown),
        words_before=wanted.words_before,
        url=wanted.url,
        final_url=page.final_url,
        kind=wanted.kind,
    )
    return found.markdown if refused is None else Untaken(refused.reason.value, refused.note)


def extractor_name(rule: int | None) -> str:
    """Return what a version's text was taken by: the release of the extractor, and the declared rule if there is one.

    Both decide what comes out; where either differs, two texts of one page may differ with no change of terms (rule 5).
    """
    return EXTRACTOR_RELEASE if rule is None else f"{EXTRACTOR_RELEASE}, rule {rule}"
