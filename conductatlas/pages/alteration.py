"""Words of a clause that were altered: the old beside the new, how like they are, and by which change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from changes.text.one_passage import changed
from changes.text.rows import Run
from clauses.models import Clause, Passage, Standing
from clauses.text.matching import SIMILARITY, normal_words
from clauses.text.plain import plain
from conductatlas.pages.activity import Activity, Touched
from conductatlas.pages.analysis import Shown
from conductatlas.pages.wordings import History

WHOLE = 420
"""Code points from which the words of a pair are set smaller."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph as it was and as it is, each with what the other has not marked; no new one where none is like it."""

    old: list[Run]
    new: list[Run]
    place: str

    @property
    def is_long(self) -> bool:
        """Tell whether the words are set smaller."""
        return sum(len(part.words) for part in self.old) > WHOLE


@dataclass(frozen=True, slots=True)
class Alteration:
    """The old words and the new. `likeness` where likeness alone tells that these are the clause's words (0 to 1)."""

    pairs: list[Pair]
    old_version: int
    new_version: int
    is_of_the_analysis: bool
    likeness: float | None
    by: list[Touched]

    @property
    def is_of_marks(self) -> bool:
        """Tell that the words are the same on both sides, and only what marks them up differs."""
        return all(_words(pair.old) == _words(pair.new) for pair in self.pairs)


def alteration(
    clause: Clause,
    shown: Shown | None,
    passages: Sequence[Passage],
    written_for: Sequence[Mapping[str, Any]],
    past: History,
    recent: Activity,
) -> Alteration | None:
    """Return how the words were altered since the analysis, or by their likeness alone; None where they were not.

    `written_for` are the pins of the analysis that stand no more.
    """
    seen = clause.last_seen
    if seen is None or not passages:
        return None
    likeness = clause.quoted.likeness if clause.quoted is not None else None
    if shown is not None and written_for:
        version = shown.record["version"]
        pinned = {pin["sha256"] for pin in shown.record["passages"]}
        new = [plain(one.provision.words) for one in passages if bytes(one.sha256).hex() not in pinned]
        pairs = [paired(plain(pin["quotation"]), new, _place(pin)) for pin in written_for]
        by = recent.after(datetime.fromisoformat(version["captured_at"]))
        return Alteration(pairs, version["number"], seen.number, True, likeness, by)
    newest = past.shown[0] if past.shown else None
    if clause.standing != Standing.ALTERED or likeness is None or newest is None or newest.before_version is None:
        return None
    pairs = [paired(words, newest.added, "") for words in newest.dropped]
    by = [one for one in recent.touched if one.record.version.number == newest.first_version]
    return Alteration(pairs, newest.before_version, newest.first_version, False, likeness, by)


def _words(parts: Sequence[Run]) -> str:
    return normal_words(" ".join(part.words for part in parts))


def paired(old: str, new: Sequence[str], place: str) -> Pair:
    """Pair old words with the new ones that are likest, if they are like enough to be the same clause's."""
    normal = [normal_words(words) for words in new]
    best = process.extractOne(normal_words(old), normal, scorer=fuzz.ratio, score_cutoff=100 * SIMILARITY)
    if best is None:
        return Pair([Run("same", old)], [], place)
    parts = changed(old, new[best[2]])
    return Pair([one for one in parts if one.kind != "new"], [one for one in parts if one.kind != "gone"], place)


def _place(pin: Mapping[str, Any]) -> str:
    return f"¶\u00a0{pin['paragraph']}, characters {pin['start']:,} to {pin['end']:,}"
