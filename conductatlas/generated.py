"""Makes invented platforms for measurements, as many as wanted, the same ones for the same seed. Knows no database.

Their documents are put together from sections of the demonstration's, so that the reader finds in them what it finds
in real ones. They are as invented as the demonstration and are marked so.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from conductatlas.demonstration import VersionEvent, documents, history

KINDS = (("terms-of-service", "agreement", "Terms of Service"), ("privacy-policy", "notice", "Privacy Policy"))
SECTIONS = 30
"""Sections of one document."""
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GeneratedDocument:
    """One document with its text."""

    slug: str
    kind: str
    nature: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class GeneratedPlatform:
    """One platform with its documents."""

    slug: str
    name: str
    documents: list[GeneratedDocument]


def platform(number: int, *, seed: int) -> GeneratedPlatform:
    """Return the platform of a number; it depends on number and seed alone."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing secret is drawn
    name = f"Generated {seed}-{number:05d}"
    made = []
    for kind, nature, title in KINDS:
        pool = sections()[kind]
        chosen = chance.sample(pool, min(SECTIONS, len(pool)))
        text = f"# {title} of {name}\n\n" + "\n\n".join(chosen) + "\n"
        made.append(GeneratedDocument(kind, kind, nature, title, text))
    return GeneratedPlatform(f"generated-{seed}-{number:05d}", name, made)


@cache
def sections() -> dict[str, list[str]]:
    """Return the sections of the demonstration's documents by their kind, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in documents():
        texts = [event.text for event in history(row["platform"], row["slug"]) if isinstance(event, VersionEvent)]
        for section in _SECTION.split(texts[0])[1:]:
            found[row["kind"]][section.strip()] = None
    return {kind: list(parts) for kind, parts in found.items()}
