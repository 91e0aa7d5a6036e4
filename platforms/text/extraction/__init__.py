"""From the bytes of a captured document to its text, without any database."""

from platforms.text.extraction.decoding import decode
from platforms.text.extraction.extract import (
    EXTRACTOR_RELEASE,
    Declaration,
    Extracted,
    SelectorsMatchNothing,
    extract,
)
from platforms.text.extraction.pdf import UnreadableDocument
from platforms.text.extraction.volatile import stable

__all__ = [
    "EXTRACTOR_RELEASE",
    "Declaration",
    "Extracted",
    "SelectorsMatchNothing",
    "UnreadableDocument",
    "decode",
    "extract",
    "stable",
]
