"""Turns the bytes of a page into text, as a browser would, and does not believe a charset that the bytes contradict."""

from __future__ import annotations

import codecs
import re

import webencodings
from charset_normalizer import from_bytes

MOST_META = 4096
"""A charset declared in the page itself stands within so many bytes. (Browsers look at 1024; pages that put it later are common.)"""
SAMPLE = 200_000
"""Bytes looked at where nothing is declared."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.\-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_SINGLE = frozenset({"windows-1252", "iso-8859-15", "macintosh"})
"""Western charsets in which any bytes are text: what is valid UTF-8 with signs beyond ASCII is no such text."""


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page.

    In order: byte order mark, charset of the Content-Type header, charset the page declares, detection. Labels are
    those of the WHATWG Encoding Standard (iso-8859-1 means windows-1252). A declared UTF-8 that most of the page
    contradicts, and a declared Western charset where the bytes are UTF-8, are recognised. Never raises: bytes that
    are no text become replacement characters.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    names = [name for name in (_declared(content_type), _declared_in_page(body)) if name]
    if names and names[0] not in _SINGLE and names[0] != "utf-8":
        return _decoded(body, names[0])
    if _is_utf8(body):
        return body.decode("utf-8")
    for name in names:
        if name != "utf-8":
            return _decoded(body, name)
    if names and _nearly_utf8(body):
        return body.decode("utf-8", "replace")
    return _decoded(body, _detected(body))


def _declared(content_type: str) -> str:
    found = _HEADER.search(content_type)
    return _standard_name(found[1]) if found else ""


def _declared_in_page(body: bytes) -> str:
    head = body[:MOST_META]
    found = _XML.search(head) or _META.search(head)
    if not found:
        return ""
    name = _standard_name(found[1].decode("ascii"))
    return "utf-8" if name.startswith("utf-16") else name  # what could be read as ASCII is not UTF-16


def _standard_name(label: str) -> str:
    encoding = webencodings.lookup(label)
    return encoding.name if encoding is not None else ""


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _nearly_utf8(body: bytes) -> bool:
    """Tell UTF-8 with a few bytes broken, such as a page cut within a character: most signs beyond ASCII are whole."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(c > "\x7f" for c in text) - broken > broken


def _detected(body: bytes) -> str:
    if _nearly_utf8(body):
        return "utf-8"
    best = from_bytes(body[:SAMPLE]).best()
    name = _standard_name(best.encoding.replace("_", "-")) if best is not None else ""
    return name or "windows-1252"


def _decoded(body: bytes, name: str) -> str:
    encoding = webencodings.lookup(name)
    if encoding is None or name in {"x-user-defined", "replacement"}:
        return body.decode("windows-1252", "replace")
    return encoding.codec_info.decode(body, "replace")[0]
