"""Reads versions of one document: finds passages, matches them to clauses, anchors known wordings.

Derived work: a version is read once by a release, and may be read again by the next. Ids, slugs and whatever a
curator decided outlive it (rule 11).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from clauses.acts.curated import Curated, Held
from clauses.acts.load_taxonomy import taxonomy_release
from clauses.models import Clause, ClauseType, Passage, Provision, Reading, State
from clauses.text.anchor import find_words
from clauses.text.classify import READER_RELEASE
from clauses.text.found import Found, Sheet, TextReader
from clauses.text.matching import KnownPassage, KnownWording, match, normal_words
from clauses.text.ranges import Ranges
from clauses.text.stance import THRESHOLD, Stance, stance
from platforms.models import Document, IssuedSlug, Version
from platforms.text.slugs import free_slug

SUPPORTED_LANGUAGES = ("en",)


@transaction.atomic
def read_versions(*, document: Document, versions: Sequence[Version], at: datetime) -> int:
    """Read those of the versions that this release has not read; return how many that were.

    `versions` are good versions of the document with their texts. One transaction: killed, it leaves nothing half.
    """
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    done = set(current_readings().filter(version__in=versions).values_list("version_id", flat=True))
    waiting = [version for version in versions if version.pk not in done]
    if waiting:
        _DocumentReader(document, at).read(waiting)
    return len(waiting)


def is_readable(language: str) -> bool:
    """Tell whether the reader knows a language, by its code."""
    return language.split("-")[0] in SUPPORTED_LANGUAGES


def readable_types(document: Document) -> dict[str, ClauseType]:
    """Return the types that the taxonomy looks for in a document of this kind and language, by slug."""
    if not is_readable(document.language):
        return {}
    types = ClauseType.objects.filter(kind_groups__contains=[document.kind_group])
    return {clause_type.slug: clause_type for clause_type in types}


def current_readings() -> QuerySet[Reading]:
    """Return the readings by this release of the reader under this release of the taxonomy."""
    return Reading.objects.filter(release=READER_RELEASE, taxonomy=taxonomy_release())


class _DocumentReader:
    """What is known of a document's clauses, kept up to date while its versions are read one after another."""

    def __init__(self, document: Document, at: datetime) -> None:
        self.document, self.at = document, at
        self.types = readable_types(document)
        self.reader = TextReader(self.types)
        self.clauses: dict[int, Clause] = {}
        self.provisions: dict[tuple[int, bytes], Provision] = {}
        self.wordings: list[KnownWording] = []
        self.curated = Curated(document)
        self.slugs = set(IssuedSlug.objects.filter(scope=f"clause:{document.pk}").values_list("slug", flat=True))
        self._load()

    def _load(self) -> None:
        clauses = Clause.objects.filter(document=self.document).select_related("type", "found_as")
        self.clauses = {clause.pk: clause for clause in clauses}
        headings = dict(
            Passage.objects.filter(provision__clause__document=self.document)
            .order_by("provision_id", "-version__captured_at")
            .distinct("provision_id")
            .values_list("provision_id", "heading")
        )
        for provision in Provision.objects.filter(clause__document=self.document).order_by("pk"):
            self.provisions[provision.clause_id, bytes(provision.sha256)] = provision
            self._know(provision, headings.get(provision.pk, ""))

    def _know(self, provision: Provision, heading: str) -> None:
        clause = self.clauses[provision.clause_id]
        self.wordings.append(
            KnownWording(self._target(clause), clause.found_as.slug, normal_words(provision.words), heading)
        )

    def _target(self, clause: Clause) -> int:
        """Follow a merged clause to the one it was merged into, if that is of this document."""
        seen = {clause.pk}
        while clause.merged_into_id is not None and clause.merged_into_id not in seen:
            if clause.merged_into_id not in self.clauses:
                break
            clause = self.clauses[clause.merged_into_id]
            seen.add(clause.pk)
        return clause.pk

    def read(self, versions: Sequence[Version]) -> None:
        """Read versions in the order given and store what was found."""
        for version in versions:
            text = version.body
            sheet = self.reader.read(text) if self.types else Sheet((), ())
            passages = self._passages(version, text, sheet)
            Passage.objects.filter(version=version, set_by=None).delete()
            Passage.objects.bulk_create(passages)
            Reading.objects.create(
                version=version,
                release=READER_RELEASE,
                taxonomy=taxonomy_release(),
                read_at=self.at,
                paragraphs=len(sheet.paragraphs),
                found=len(sheet.found),
            )

    def _passages(self, version: Version, text: str, sheet: Sheet) -> list[Passage]:
        before = [
            KnownPassage(self._target(self.clauses[clause]), self.clauses[clause].found_as.slug, start, end)
            for clause, start, end in Passage.objects.filter(version=version).values_list(
                "provision__clause_id", "start", "end"
            )
        ]
        held = self.curated.held(version, text, release=READER_RELEASE)
        matched = match(sheet.found, before, self.wordings)
        placed: list[tuple[Clause, Found]] = []
        for one, clause_id in zip(sheet.found, matched, strict=True):
            if clause_id is not None and held.takes(clause_id, one.start, one.end):
                continue
            clause = self.clauses[clause_id] if clause_id is not None else self._clause_for(one)
            self._retype(clause, one)
            placed.append((clause, one))
        ranges = self._taken(held)
        placed = _apart(placed, ranges)
        self._record_provisions(placed)
        passages = [
            _passage(self.provisions[clause.pk, one.sha256], version, one.start, one.number, one.heading)
            for clause, one in placed
        ]
        return [*passages, *held.carried, *self._anchored(version, text, sheet, passages, held, ranges)]

    def _taken(self, held: Held) -> Ranges:
        """Return the ranges that curators hold in a version."""
        ranges = Ranges()
        for clause, spans in held.spans.items():
            for start, end in spans:
                ranges.take(_kind(self.clauses[clause]), start, end)
        for passage in held.carried:
            ranges.take(_kind(self.clauses[passage.provision.clause_id]), passage.start, passage.end)
        return ranges

    def _clause_for(self, one: Found) -> Clause:
        """Return the document's machine-found clause of the type, made when there is none yet."""
        for clause in self.clauses.values():
            if clause.found_as.slug == one.type and clause.state == State.PROPOSED and clause.curated_at is None:
                return clause
        clause_type = self.types[one.type]
        clause = Clause.objects.create(
            document=self.document,
            type=clause_type,
            found_as=clause_type,
            slug=free_slug(clause_type.slug, self.slugs),
            title=clause_type.name,
            found_at=self.at,
        )
        self.clauses[clause.pk] = clause
        self.slugs.add(clause.slug)
        return clause

    def _retype(self, clause: Clause, one: Found) -> None:
        """Follow a newer release that sees another type in the same words, unless a curator has decided."""
        if clause.found_as.slug != one.type and clause.curated_at is None and clause.state == State.PROPOSED:
            clause.found_as = clause.type = self.types[one.type]
            clause.title = clause.type.name
            clause.save(update_fields=["found_as", "type", "title"])

    def _record_provisions(self, placed: Sequence[tuple[Clause, Found]]) -> None:
        """Record the wordings that are new, and judge those again that an earlier release judged."""
        new: dict[tuple[int, bytes], tuple[Provision, str]] = {}
        stale: dict[int, Provision] = {}
        for clause, one in placed:
            key = clause.pk, one.sha256
            known = self.provisions.get(key)
            if known is not None and known.release != READER_RELEASE:
                stale[known.pk] = _judged(known, one, clause)
            elif known is None and key not in new:
                wording = Provision(clause=clause, words=one.words, sha256=one.sha256)
                new[key] = _judged(wording, one, clause), one.heading
        Provision.objects.bulk_create(provision for provision, _ in new.values())
        Provision.objects.bulk_update(stale.values(), ["stance", "stance_score", "score", "why", "likeness", "release"])
        for key, (provision, heading) in new.items():
            self.provisions[key] = provision
            self._know(provision, heading)

    def _anchored(
        self, version: Version, text: str, sheet: Sheet, found: Sequence[Passage], held: Held, ranges: Ranges
    ) -> list[Passage]:
        """Anchor known wordings that stand word for word in the text where the reader did not find them."""
        placed = {passage.provision_id for passage in found}
        anchored = []
        for provision in self.provisions.values():
            clause = self.clauses[provision.clause_id]
            if provision.pk in placed or clause.state == State.MERGED:
                continue
            start = find_words(text, provision.words)
            if start is None or held.takes(clause.pk, start, start + len(provision.words)):
                continue
            number, heading = sheet.paragraph_at(start)
            if number and ranges.take(_kind(clause), start, start + len(provision.words)):
                anchored.append(_passage(provision, version, start, number, heading))
        return anchored


def _kind(clause: Clause) -> tuple[str, int]:
    """Return what no other passage may overlap: a shown clause's those of its type, another's its own."""
    shown = clause.state in (State.PROPOSED, State.PUBLISHED)
    return ("type", clause.type_id) if shown else ("clause", clause.pk)


def _apart(placed: Sequence[tuple[Clause, Found]], ranges: Ranges) -> list[tuple[Clause, Found]]:
    """Leave out what overlaps words of the same type; what a curator has decided goes first."""
    order = sorted(range(len(placed)), key=lambda n: (placed[n][0].curated_at is None, n))
    kept = [n for n in order if ranges.take(_kind(placed[n][0]), placed[n][1].start, placed[n][1].end)]
    return [placed[n] for n in sorted(kept)]


def _passage(provision: Provision, version: Version, start: int, number: int, heading: str) -> Passage:
    return Passage(
        provision=provision,
        version=version,
        ordinal=number,
        start=start,
        end=start + len(provision.words),
        sha256=bytes(provision.sha256),
        heading=heading,
        release=READER_RELEASE,
    )


def _judged(provision: Provision, one: Found, clause: Clause) -> Provision:
    """Return the provision with what the reader makes of it; its stance is on the type that a curator gave."""
    taken, sure = one.finding.stance, one.finding.stance_score
    if clause.type_id != clause.found_as_id:
        taken, sure = stance(one.words, clause.type.slug)
        taken = taken if sure >= THRESHOLD else Stance.UNSTATED
    provision.stance = taken.value
    provision.stance_score = round(sure, 3)
    provision.score = one.finding.score
    provision.why = [why[:100] for why in one.finding.why]
    provision.likeness = None
    provision.release = READER_RELEASE
    return provision
