"""The words that curators selected for clauses, as every re-reading leaves them (rule 11)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clauses.models import Passage, Provision
from clauses.text.anchor import find_words
from clauses.text.blocks import blocks
from clauses.text.found import heading_path
from platforms.models import Document, Version


@dataclass(frozen=True, slots=True)
class Held:
    """What curators hold in one version.

    Attributes:
        clauses: that stand there just as a curator selected; a reader adds nothing to them.
        spans: the passages that are stored for them, and for others that a curator selected a part of.
        carried: passages to be made, for words selected in another version that stand word for word in this one.
    """

    clauses: frozenset[int]
    spans: Mapping[int, list[tuple[int, int]]]
    carried: list[Passage]

    def takes(self, clause: int, start: int, end: int) -> bool:
        """Tell whether a passage found at a place is left to the curators."""
        return clause in self.clauses or any(
            start < theirs[1] and theirs[0] < end for theirs in self.spans.get(clause, ())
        )


class Curated:
    """The selections of one document: for each clause those of the newest version that has some."""

    def __init__(self, document: Document) -> None:
        self._selected: dict[int, list[tuple[Provision, int]]] = {}
        of_document = Passage.objects.filter(provision__clause__document=document)
        rows = list(
            of_document.exclude(set_by=None)
            .select_related("provision")
            .order_by("-version__captured_at", "-version__source_order", "-version__number", "start")
        )
        newest: dict[int, int] = {}
        for passage in rows:
            newest.setdefault(passage.provision.clause_id, passage.version_id)
        beside = set(
            of_document.filter(set_by=None, version__in=newest.values()).values_list("provision__clause", "version")
        )
        for passage in rows:
            clause, version = passage.provision.clause_id, passage.version_id
            # After a merger the words of the other clause stand beside those that were selected.
            if newest[clause] == version and (clause, version) not in beside and passage.set_by_id is not None:
                self._selected.setdefault(clause, []).append((passage.provision, passage.set_by_id))

    def held(self, version: Version, text: str, *, release: str) -> Held:
        """Return what curators hold in a version with this text."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        stored = Passage.objects.filter(version=version).exclude(set_by=None)
        for clause, start, end in stored.values_list("provision__clause", "start", "end"):
            spans[clause].append((start, end))
        carried, clauses = [], set()
        for clause, selected in self._selected.items():
            if clause in spans:
                clauses.add(clause)
            elif made := carry(selected, version, text, release=release):
                clauses.add(clause)
                carried += made
        return Held(frozenset(clauses), spans, carried)


def carry(selected: Iterable[tuple[Provision, int]], version: Version, text: str, *, release: str) -> list[Passage]:
    """Return passages for selected wordings where they stand word for word in a version; none unless all do."""
    places = [(provision, by, find_words(text, provision.words)) for provision, by in selected]
    if any(start is None for _, _, start in places):
        return []
    numbered = [block for block in blocks(text) if block.number]
    made = []
    for provision, by, start in places:
        inside = next((one for one in numbered if start is not None and one.start <= start < one.end), None)
        if start is None or inside is None:
            return []
        made.append(
            Passage(
                provision=provision,
                version=version,
                ordinal=inside.number,
                start=start,
                end=start + len(provision.words),
                sha256=hashlib.sha256(provision.words.encode()).digest(),
                heading=heading_path(inside.path),
                release=release,
                set_by_id=by,
            )
        )
    return made
