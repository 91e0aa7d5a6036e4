"""Reads from a web address which country or language it is made for, as sites write it in path, host or query."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from platforms.text.countries import COUNTRIES
from platforms.text.language import LANGUAGES

_CODE = re.compile(r"([a-z]{2})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE)
_QUERY = {"hl", "lang", "language", "locale", "lc", "gl", "country", "region"}
_KNOWN = {*LANGUAGES, *(code.lower() for code in COUNTRIES), "uk", "eu"}
_SAME = {"uk": "gb"}  # a country far more often than Ukrainian, and then Britain
SEGMENTS = 3
"""Of a path that are looked at: /en-us/, /us/en/, /legal/de/."""


def variant_of(url: str) -> frozenset[str]:
    """Return the codes of country and language in an address, in lower case: {"en", "us"} for /en-US/legal/."""
    try:
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")
    except ValueError:
        return frozenset()
    found: set[str] = set()
    for segment in [part for part in parts.path.split("/") if part][:SEGMENTS]:
        found |= _codes(segment)
    for name, value in parse_qsl(parts.query):
        if name.lower() in _QUERY:
            found |= _codes(value)
    if len(labels) > 2:
        found |= _codes(labels[0])
    if len(labels) > 1 and labels[-1].upper() in {*COUNTRIES, "UK"}:
        found.add(_SAME.get(labels[-1], labels[-1]))
    return frozenset(found)


def is_another_variant(asked: str, came: str) -> bool:
    """Tell whether an address is made for another country or language than the one asked for.

    Only where each names something that the other does not: /en-us/ and /en/ may be one, /en-us/ and /de/ are not.
    """
    a, b = variant_of(asked), variant_of(came)
    return bool(a - b and b - a)


def _codes(word: str) -> set[str]:
    match = _CODE.fullmatch(word)
    if match is None:
        return set()
    codes = {code.lower() for code in (match.group(1), match.group(3)) if code}
    return {_SAME.get(code, code) for code in codes} if codes <= _KNOWN else set()
