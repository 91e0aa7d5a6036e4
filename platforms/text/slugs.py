"""Readable addresses and sort keys from names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container


def sort_key(name: str) -> str:
    """Return the name as people sort it: case and accents aside."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))[:200]


def slug_of(name: str, *, fallback: str) -> str:
    """Return a slug of ASCII words; a name without any gives `fallback` and a few characters of its hash."""
    ascii_name = sort_key(name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", ascii_name))
    slug = "-".join(words)[:80].strip("-")
    return slug or f"{fallback}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def free_slug(slug: str, taken: Container[str]) -> str:
    """Return the slug, or the slug with the first number from 2 that is not taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
