"""A revision as a printed record: from its frozen content and the texts that it names by hash, and what became of it.

No time of printing is in it: while nothing becomes of the revision, each print of it is the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from conductatlas.printing import analysis, change, version
from conductatlas.printing.blocks import Block, facts, heading, lines, mono, paragraph
from conductatlas.printing.setting import pdf
from conductatlas.printing.words import breakable, printable
from conductatlas.records.frozen import Fate, Frozen

KINDS = {"P": ("Clause record", analysis), "D": ("Document version", version), "C": ("Change record", change)}


def printed(frozen: Frozen) -> bytes:
    """Return a revision as PDF."""
    return pdf("record.typ", content(frozen))


def content(frozen: Frozen) -> dict[str, Any]:
    """Return what the template prints of a revision."""
    kind, of = KINDS[frozen.record.letter]
    blocks = [*of.blocks(frozen.value), *_itself(frozen)]
    return frame(frozen, kind=kind, title=title_of(frozen), blocks=blocks)


def frame(frozen: Frozen, *, kind: str, title: str, blocks: list[Block]) -> dict[str, Any]:
    """Return pages about a revision: its name, address and hash stand on each, and what became of it on the first."""
    value = frozen.value
    return {
        "kind": kind,
        "name": frozen.name,
        "title": printable(title),
        "heading": breakable(title),
        "author": "ConductAtlas",
        "description": printable(f"{kind} {frozen.name}: {title}, {value['platform']['name']}"),
        "above": breakable(f"{value['platform']['name']} · {value['document']['title']}"),
        "permalink": settings.SITE_URL + frozen.get_absolute_url(),
        "sha256": frozen.sha256,
        "fate": [line for sentence in fate(frozen) for line in lines(sentence)],
        "blocks": blocks,
    }


def title_of(frozen: Frozen) -> str:
    """Return what a revision is called: the title of our record, or a document with the number of its version."""
    value = frozen.value
    return str(value.get("title") or f"{value['document']['title']}, version {frozen.number}")


def fate(frozen: Frozen) -> list[str]:
    """Return sentences on what became of a revision; none while it stands."""
    said = []
    what = "version" if frozen.record.letter == "D" else "revision"
    if frozen.value["platform"]["is_demonstration"]:
        said.append("Demonstration: the platform and its documents are invented.")
    if frozen.fate == Fate.RETRACTED:
        done = "Withdrawn" if frozen.record.letter == "C" else "Retracted"
        said.append(f"{done}{_on(frozen.retracted_at)}: {frozen.reason}")
    elif frozen.fate == Fate.SUPERSEDED and frozen.latest != frozen.number:
        said.append(f"Superseded: the latest {what} is {frozen.record}/v{frozen.latest}.")
    if frozen.fate != Fate.STANDS:
        said.append(f"What was stored as {what} {frozen.number} is printed below as it was.")
    return said


def _itself(frozen: Frozen) -> list[Block]:
    address = settings.SITE_URL + frozen.get_absolute_url()
    return [
        heading("How to check this record"),
        paragraph(
            "This print is drawn from the stored record whose SHA-256 stands on each page, and from the texts that the"
            " record names by their hashes. The permanent address leads to the record; under “.json” its exact bytes"
            " can be had, of which anybody can compute the hash. Where print and record differ, the record counts."
        ),
        facts(
            [
                ("Permanent address", mono(address)),
                ("Exact bytes", mono(f"{address}.json")),
                ("SHA-256 of them", mono(frozen.sha256)),
                ("By hand", mono(f"curl -sL {address}.json | sha256sum")),
                ("With all evidence", mono(f"{settings.SITE_URL}/evidence/{frozen.name}.zip")),
            ]
        ),
        paragraph(
            "A sign written as [U+ and a number] is a character of that number in Unicode which has no form in the"
            " fonts of this print, or is not to be seen.",
            small=True,
        ),
    ]


def _on(when: datetime | None) -> str:
    return f" on {when:%-d %B %Y}" if when is not None else ""
