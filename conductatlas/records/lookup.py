"""Which records hold something: a hash, the bytes of a file, or pasted words. It says so honestly where none does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from changes.models import ChangeRevision
from clauses.models import Analysis, Clause, Passage, Provision, State
from clauses.models.clause import ClauseQuerySet
from conductatlas.records.ids import RecordId
from platforms.find_words import texts_saying
from platforms.models import Document, StoredText, Takedown, TextProfile, Version, VersionRecord
from platforms.text.pieces import Place, place_of
from platforms.text.words import fingerprints

MOST_DOCUMENTS, MOST_CLAUSES = 60, 40
PLACED = 8
"""Documents in whose versions the place of pasted words is told."""
_HASH = re.compile(r"^(?:sha-?256)?[\s:=-]*((?:[0-9a-f][\s:]*){64})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """One version as a row: `holds` tells whether it has what is asked for."""

    pk: int
    number: int
    captured_at: datetime
    holds: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Versions one after the other that hold it; `until` is the first that no longer does, None for the latest."""

    first: Seen
    last: Seen
    count: int
    until: Seen | None


@dataclass(slots=True)
class Kept:
    """A document in some versions of which it is held."""

    document: Document
    runs: list[Run]
    holding: int
    total: int
    place: Place | None = None
    to_the_letter: bool = False
    clauses: list[Clause] = field(default_factory=list)

    @property
    def newest(self) -> Seen:
        """Return the newest version that holds it."""
        return self.runs[-1].last


@dataclass(frozen=True, slots=True)
class Issued:
    """A revision whose stored bytes have the hash, by the name and number of its permanent address."""

    record: RecordId
    number: int

    def __str__(self) -> str:
        return f"{self.record}/v{self.number}"


@dataclass(slots=True)
class Answer:
    """What holds it: documents by their versions, revisions by their own bytes, clauses by their words."""

    sha256: str = ""
    documents: list[Kept] = field(default_factory=list)
    more_documents: int = 0
    revisions: list[Issued] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    same_words_only: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether anything does."""
        return bool(self.documents or self.revisions or self.clauses)


def hash_in(asked: str) -> str | None:
    """Return the SHA-256 that somebody wrote, in 64 small letters; None where it is none."""
    found = _HASH.match(asked.strip())
    return re.sub(r"[\s:]", "", found.group(1)).lower() if found is not None else None


def by_hash(sha256: str) -> Answer:
    """Return what has this hash: the text or the bytes of versions, a stored revision, the words of a clause."""
    digest = bytes.fromhex(sha256)
    versions = Version.objects.filter(Q(text__sha256=digest) | Q(snapshot__sha256=digest))
    answer = Answer(sha256=sha256, revisions=list(_revisions(digest)))
    answer.documents, answer.more_documents = _kept(set(versions.values_list("pk", flat=True)))
    quoting = Provision.objects.filter(sha256=digest).values("clause")
    answer.clauses = _named(Clause.objects.filter(pk__in=quoting))
    return answer


def by_file(body: bytes) -> Answer:
    """Return what holds a file, byte for byte, or else as a text that says the same words."""
    answer = by_hash(hashlib.sha256(body).hexdigest())
    if not answer.holds:
        text = body.decode("utf-8", errors="replace").replace("\x00", " ")
        same = TextProfile.objects.filter(word_hash=fingerprints(text).word_hash, words__gt=0).values("text")
        versions = set(Version.objects.filter(text__in=same).values_list("pk", flat=True))
        answer.documents, answer.more_documents = _kept(versions)
        answer.same_words_only = bool(answer.documents)
    return answer


def by_words(pasted: str, words: Sequence[str]) -> Answer:
    """Return the documents that say these words, with their place in the newest version; hidden ones are left out."""
    versions = Version.objects.filter(text__in=texts_saying(words), takedowns=None)
    answer = Answer()
    answer.documents, answer.more_documents = _kept(set(versions.values_list("pk", flat=True)))
    for kept in answer.documents[:PLACED]:
        body = StoredText.objects.values_list("body", flat=True).get(versions=kept.newest.pk)
        kept.to_the_letter = pasted.strip() in body
        kept.place = place_of(body, words)
        if kept.place is not None:
            kept.clauses = _at(kept.newest.pk, kept.place)
    return answer


def _revisions(digest: bytes) -> Iterator[Issued]:
    for document, number in VersionRecord.objects.filter(sha256=digest).values_list(
        "version__document", "version__number"
    ):
        yield Issued(RecordId("D", document), number)
    for clause, given in Analysis.objects.numbered().filter(sha256=digest).values_list("clause", "number"):
        yield Issued(RecordId("P", clause), given or 0)
    for change, number in ChangeRevision.objects.filter(sha256=digest).values_list("record", "number"):
        yield Issued(RecordId("C", change), number)


def _kept(holding: Collection[int]) -> tuple[list[Kept], int]:
    """Return the documents of these versions with when they held it, those that hold it now first."""
    named = Document.objects.filter(versions__in=holding).distinct().select_related("platform__operator")
    documents = {one.pk: one for one in named.order_by("platform__name", "title", "pk")[:MOST_DOCUMENTS]}
    hidden = Exists(Takedown.objects.filter(version=OuterRef("pk")))
    rows = Version.objects.filter(document__in=documents).in_order().annotate(is_hidden=hidden)
    seen: dict[int, list[Seen]] = {pk: [] for pk in documents}
    facts = rows.values_list("document", "pk", "number", "captured_at", "is_hidden")
    for owner, pk, number, captured_at, is_hidden in facts:
        seen[owner].append(Seen(pk, number, captured_at, pk in holding, is_hidden))
    found = []
    for pk, document in documents.items():
        runs = list(_runs(seen[pk]))
        found.append(Kept(document, runs, sum(run.count for run in runs), len(seen[pk])))
    found.sort(key=lambda kept: kept.runs[-1].until is not None)
    return found, max(0, named.count() - len(found))


def _runs(seen: Sequence[Seen]) -> Iterator[Run]:
    at = 0
    for holds, group in groupby(seen, key=lambda one: one.holds):
        run = list(group)
        at += len(run)
        if holds:
            yield Run(run[0], run[-1], len(run), seen[at] if at < len(seen) else None)


def _at(version: int, place: Place) -> list[Clause]:
    """Return the clauses one of whose passages in a version touches a place."""
    passages = Passage.objects.filter(version=version, start__lt=place.end, end__gt=place.start)
    return _named(Clause.objects.filter(pk__in=passages.values("provision__clause")))


def _named(clauses: ClauseQuerySet) -> list[Clause]:
    shown = clauses.filter(state__in=[State.PROPOSED, State.PUBLISHED, State.RETRACTED])
    return list(shown.select_related("type", "document__platform").order_by("pk")[:MOST_CLAUSES])
