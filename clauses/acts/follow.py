"""Follows clauses whose words the reader did not find again: altered beyond its sight, or gone.

The words of a clause are looked for in the next good version: among the paragraphs that are new there, the likest one
is the altered wording if it is like enough. Where there is none the clause is gone since that version. Derived work.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from clauses.models import Clause, Passage, Provision, Stance, State
from clauses.text.anchor import find_words
from clauses.text.blocks import Block, blocks
from clauses.text.classify import READER_RELEASE
from clauses.text.found import heading_path
from clauses.text.matching import SIMILARITY, normal_words
from clauses.text.pieces import cut
from platforms.models import Document, Version

FOLLOWED = [State.PROPOSED, State.PUBLISHED, State.RETRACTED]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A numbered paragraph of a text, or a piece of one."""

    number: int
    start: int
    end: int
    heading: str
    normal: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A version's text with its paragraphs."""

    version: int
    text: str
    paragraphs: tuple[_Paragraph, ...]
    normals: frozenset[str]


def follow_clauses(*, document: Document) -> None:
    """Find the altered words of each clause of a document that the latest good version does not carry.

    Stores each altered wording with its likeness to the wording before, and notes from which version on a clause is
    gone. To be called within the transaction that derives the clauses, before it does.
    """
    if document.latest_version_id is None:
        return
    order = list(Version.objects.filter(document=document).good().in_order().values_list("pk", flat=True))
    lost = _lost(document, order)
    sheets = _Sheets()
    gone: list[Clause] = []
    for clause, last_seen in lost:
        since = _follow(clause, order[order.index(last_seen) :], sheets)
        if clause.gone_since_id != since:
            clause.gone_since_id = since
            gone.append(clause)
    Clause.objects.bulk_update(gone, ["gone_since"])
    carried = Passage.objects.filter(version=document.latest_version_id).values("provision__clause")
    Clause.objects.filter(document=document, pk__in=carried).exclude(gone_since=None).update(gone_since=None)


def _lost(document: Document, order: list[int]) -> list[tuple[Clause, int]]:
    """Return the clauses without words in the latest version, with the version that carried them last.

    Those that were looked for in the version after it already are left out.
    """
    place = {pk: n for n, pk in enumerate(order)}
    last: dict[int, int] = {}
    rows = Passage.objects.filter(version__in=order, provision__clause__document=document)
    for clause_id, version_id in rows.values_list("provision__clause", "version").distinct():
        if clause_id not in last or place[version_id] > place[last[clause_id]]:
            last[clause_id] = version_id
    lost = []
    for clause in Clause.objects.filter(document=document, state__in=FOLLOWED, pk__in=last).order_by("pk"):
        seen = last[clause.pk]
        following = place[seen] + 1
        if following < len(order) and clause.gone_since_id != order[following]:
            lost.append((clause, seen))
    return lost


def _follow(clause: Clause, versions: list[int], sheets: _Sheets) -> int | None:
    """Follow one clause from the version that carried it last; return the version since which it is gone."""
    wordings = list(Provision.objects.filter(clause=clause, passages__version=versions[0]).distinct())
    for before, version in itertools.pairwise(versions):
        found = [_altered(wording, sheets[before], sheets[version]) for wording in wordings]
        kept = [one for one in found if one is not None]
        if not kept:
            return version
        wordings = _stored(clause, kept, sheets[version])
    return None


def _altered(wording: Provision, before: _Sheet, sheet: _Sheet) -> tuple[_Paragraph, float] | None:
    """Return the paragraph that a wording became, with their likeness; None where none is like enough."""
    normal = normal_words(wording.words)
    start = find_words(sheet.text, wording.words)
    if start is not None:
        inside = [one for one in sheet.paragraphs if one.start <= start < one.end]
        return (min(inside, key=lambda one: _beyond(one, start, wording.words)), 1.0) if inside else None
    new = {n: one.normal for n, one in enumerate(sheet.paragraphs) if one.normal not in before.normals}
    best = process.extractOne(normal, new, scorer=fuzz.ratio, score_cutoff=100 * SIMILARITY) if normal else None
    return (sheet.paragraphs[best[2]], best[1] / 100) if best is not None else None


def _beyond(one: _Paragraph, start: int, words: str) -> int:
    """Return by how much a paragraph and words at a start differ in extent."""
    return abs(one.start - start) + abs(one.end - start - len(words))


def _stored(clause: Clause, found: Iterable[tuple[_Paragraph, float]], sheet: _Sheet) -> list[Provision]:
    wordings = []
    for paragraph, likeness in dict(found).items():
        words = sheet.text[paragraph.start : paragraph.end]
        sha256 = hashlib.sha256(words.encode()).digest()
        wording, _ = Provision.objects.get_or_create(
            clause=clause,
            sha256=sha256,
            defaults={
                "words": words,
                "stance": Stance.UNSTATED,
                "score": 0,
                "likeness": likeness,
                "release": READER_RELEASE,
            },
        )
        Passage.objects.get_or_create(
            provision=wording,
            version_id=sheet.version,
            start=paragraph.start,
            defaults={
                "ordinal": paragraph.number,
                "end": paragraph.end,
                "sha256": sha256,
                "heading": paragraph.heading,
                "release": READER_RELEASE,
            },
        )
        wordings.append(wording)
    return wordings


class _Sheets:
    """Texts of versions cut into paragraphs, each once; the last few are remembered."""

    def __init__(self) -> None:
        self._sheets: dict[int, _Sheet] = {}

    def __getitem__(self, version_id: int) -> _Sheet:
        if version_id not in self._sheets:
            if len(self._sheets) > 4:
                self._sheets.pop(next(iter(self._sheets)))
            self._sheets[version_id] = _sheet(version_id)
        return self._sheets[version_id]


def _sheet(version_id: int) -> _Sheet:
    version = Version.objects.select_related("text").get(pk=version_id)
    text = version.body
    paragraphs = tuple(one for block in blocks(text) if block.number for one in _paragraphs(block, text))
    return _Sheet(version_id, text, paragraphs, frozenset(one.normal for one in paragraphs))


def _paragraphs(block: Block, text: str) -> Iterator[_Paragraph]:
    """Yield a paragraph, and the pieces that the reader judges it by, which may be quoted alone."""
    words = text[block.start : block.end]
    heading = heading_path(block.path)
    parts = cut(block, words)
    for start, end in [(0, len(words)), *(parts.pieces if parts else ())]:
        yield _Paragraph(block.number, block.start + start, block.start + end, heading, normal_words(words[start:end]))
