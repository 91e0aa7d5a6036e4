"""Turns the bytes of a page into text, as a browser would, and does not believe a charset that the bytes contradict."""

from __future__ import annotations

import codecs
import re

import webencodings
from charset_normalizer import from_bytes

MOST_META = 4096
"""A charset declared in the page itself stands within so many bytes. Browsers look at 1024; pages put it later."""
SAMPLE = 200_000
"""Bytes looked at where nothing is declared."""
WHOLE_FOR_EACH_BROKEN = 10
"""Bytes are UTF-8 with faults if for each broken sign so many beyond ASCII are whole. No other charset gives that."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.\-]+)", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro"), "windows-1250"),
    **dict.fromkeys(("tr", "az"), "windows-1254"),
    **dict.fromkeys(("lt", "lv", "et"), "windows-1257"),
    "vi": "windows-1258",
}
"""What browsers take for a page in this language that names no charset (WHATWG HTML, determining the encoding)."""
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
    if _nearly_utf8(body):
        return body.decode("utf-8", "replace")
    return _decoded(body, next((name for name in names if name != "utf-8"), "") or _detected(body))


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
    """Tell UTF-8 with a few bytes broken, such as a page cut within a character: the other signs are whole."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(_BEYOND_ASCII.findall(text)) - broken
    return whole >= WHOLE_FOR_EACH_BROKEN * broken


def _detected(body: bytes) -> str:
    """Return the likely charset: the alphabet is detected, and the charset of a Latin one goes by language."""
    best = from_bytes(body[:SAMPLE]).best()
    name = _standard_name(best.encoding.replace("_", "-")) if best is not None else ""
    if name and not _is_latin(name):
        return name
    found = _LANGUAGE.search(body[:MOST_META])
    return _BY_LANGUAGE.get(found[1].decode().lower() if found else "", "windows-1252")


def _is_latin(name: str) -> bool:
    """Tell a charset of one byte a sign in which the letters beyond ASCII are Latin: its e with acute is that."""
    return bytes([0xE9]).decode(name, "replace") == "é" or name in {"windows-1250", "windows-1257", "macintosh"}


def _decoded(body: bytes, name: str) -> str:
    encoding = webencodings.lookup(name)
    if encoding is None or name in {"x-user-defined", "replacement"}:
        return body.decode("windows-1252", "replace")
    return str(encoding.codec_info.decode(body, "replace")[0])
