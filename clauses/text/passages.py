"""A paragraph as the model is shown it: its plain words, its heading, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clauses.text.plain import plain
from clauses.text.sentences import sentences

FEWEST_SPACES = 4
"""A sentence with fewer is a title and is not judged by itself."""
MOST_SENTENCES = 60
"""Of a very long paragraph only so many sentences are judged by themselves."""


@dataclass(frozen=True, slots=True)
class Passage:
    """All lower case, with straight apostrophes."""

    said: str
    heading: str
    sentences: tuple[str, ...]


def passage(words: str, heading: str) -> Passage:
    """Return a paragraph, which may be Markdown, as plain lower-case words."""
    shown = plain(words).replace("’", "'")
    spans = sentences(shown)[:MOST_SENTENCES]
    said = (shown[start:end].lower() for start, end in spans)
    parts = tuple(sentence for sentence in said if sentence.count(" ") >= FEWEST_SPACES)
    return Passage(shown.lower(), _heading(heading), parts)


@lru_cache(maxsize=4096)
def _heading(heading: str) -> str:
    return plain(heading).lower().replace("’", "'")
