"""Where a clause stands in its document, with the words before and after."""

from __future__ import annotations

from dataclasses import dataclass

from clauses.models import Clause, Passage
from clauses.text.blocks import Block, blocks
from clauses.text.plain import plain
from platforms.models import Version

AROUND = 600
"""Characters of the paragraph before and after that are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """One passage. `before` and `after` are the rest of its paragraph, or the paragraphs beside it."""

    passage: Passage
    before: str
    words: str
    after: str
    url: str


def latest_version(clause: Clause) -> Version | None:
    """Return the latest good version of a clause's document, which knows the document."""
    version = clause.document.latest_version
    if version is not None:
        version.document = clause.document
    return version


def places(clause: Clause, version: Version) -> list[Place]:
    """Return the passages of a clause in a version, in order."""
    found = Passage.objects.filter(version=version, provision__clause=clause)
    passages = list(found.select_related("provision", "set_by").order_by("start"))
    text = version.body
    every = [block for block in blocks(text) if block.number] if passages else []
    return [_place(passage, text, every, version.get_absolute_url()) for passage in passages]


def _place(passage: Passage, text: str, every: list[Block], url: str) -> Place:
    at = next((n for n, block in enumerate(every) if block.start <= passage.start < block.end), None)
    before = after = ""
    if at is not None:
        block = every[at]
        before = text[block.start : passage.start].strip() or (_words(text, every[at - 1]) if at else "")
        after = text[passage.end : block.end].strip() or (_words(text, every[at + 1]) if at + 1 < len(every) else "")
    return Place(
        passage,
        _end_of(plain(before)),
        plain(passage.provision.words),
        _start_of(plain(after)),
        f"{url}#p{passage.ordinal}",
    )


def _words(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _start_of(words: str) -> str:
    return words if len(words) <= AROUND else words[:AROUND].rsplit(" ", 1)[0] + " …"


def _end_of(words: str) -> str:
    return words if len(words) <= AROUND else "… " + words[-AROUND:].split(" ", 1)[-1]
