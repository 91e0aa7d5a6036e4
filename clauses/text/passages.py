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
    """All lower case, with straight apostrophes. `spans` are the sentences judged, by first word and end."""

    said: str
    heading: str
    spans: tuple[tuple[int, int], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the words of the sentences."""
        words = self.said.split(" ")
        return tuple(" ".join(words[start:end]) for start, end in self.spans)


def passage(words: str, heading: str) -> Passage:
    """Return a paragraph, which may be Markdown, as plain lower-case words."""
    shown = plain(words).replace("’", "'")
    spans = []
    place, before = 0, 0
    for start, end in sentences(shown)[:MOST_SENTENCES]:
        place += shown.count(" ", before, start)
        spaces = shown.count(" ", start, end)
        if spaces >= FEWEST_SPACES:
            spans.append((place, place + spaces + 1))
        place, before = place + spaces, end
    return Passage(shown.lower(), _heading(heading), tuple(spans))


@lru_cache(maxsize=4096)
def _heading(heading: str) -> str:
    return plain(heading).lower().replace("’", "'")
