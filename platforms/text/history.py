"""Classes each version of a document by its place in the history (rules 4 to 6). Pure: it knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from platforms.text.faults import TRUNCATED_FROM_WORDS, TRUNCATED_SHARE, Fault

CLASSIFIER_RELEASE = "2026.1"
FLAP_WINDOW = timedelta(days=30)
"""A text that returns after being away no longer than this is a flap; after longer it is a reversion."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the classes depend on, of one version."""

    key: int
    captured_at: datetime
    text_hash: bytes
    word_hash: bytes
    linkless_hash: bytes
    words: int
    fault: Fault
    claims_technical: bool
    snapshot: int | None = None
    """The snapshot it was extracted from; None where no two versions can share one."""
    method: str = ""
    """How the bytes came: fetched, imported, written."""
    shortened: tuple[datetime, int] | None = None
    """When a refused text came that a curator held for the whole document before this one did, and its words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of one version; keys name versions."""

    key: int
    kind: str
    is_good: bool
    fault: Fault = Fault.NONE
    compared_with: int | None = None
    returns_to: int | None = None
    changes_words: bool = False
    changes_only_links: bool = False


def classes(history: Sequence[Entry]) -> list[Verdict]:
    """Return the class of each version of a history given in order.

    A version is `first` when it opens the document or is its first good text, else `suspect` when it has a fault,
    else `technical` when its source says so, when it was extracted anew from the page of an earlier version, or when
    the good one before it came in another way (imported, fetched), for then the extractor is another; else `flap` or
    `reverted` when its text (or just its words) was there before, else `cosmetic` when its words and digits are those
    of the good version before it, else `substantive`. A version with a fault is never good, whatever its class.
    """
    verdicts: list[Verdict] = []
    past = _Past()
    snapshots: set[int] = set()
    for place, entry in enumerate(history):
        is_technical = entry.claims_technical or entry.snapshot in snapshots or past.came_otherwise(entry)
        if entry.snapshot is not None:
            snapshots.add(entry.snapshot)
        fault = entry.fault or _truncation(history, place, past.latest)
        if fault:
            verdicts.append(Verdict(entry.key, "suspect" if place else "first", is_good=False, fault=fault))
            continue
        verdicts.append(_good(entry, past, is_technical=is_technical and place > 0))
        past.add(entry)
    return verdicts


class _Past:
    """The good versions so far, and when each text and each word sequence was last left for another."""

    def __init__(self) -> None:
        self.latest: Entry | None = None
        self._texts: dict[bytes, tuple[Entry, datetime | None]] = {}
        self._words: dict[bytes, tuple[Entry, datetime | None]] = {}

    def add(self, entry: Entry) -> None:
        """Remember a good version; the one before it was left at this time if its text differs."""
        if self.latest is not None:
            for seen, key, other in (
                (self._texts, self.latest.text_hash, entry.text_hash),
                (self._words, self.latest.word_hash, entry.word_hash),
            ):
                if key != other:
                    seen[key] = (seen[key][0], entry.captured_at)
        self._texts[entry.text_hash] = (entry, None)
        self._words[entry.word_hash] = (entry, None)
        self.latest = entry

    def came_otherwise(self, entry: Entry) -> bool:
        """Tell whether the latest good version came in another way than this one."""
        return self.latest is not None and self.latest.method != entry.method

    def returning(self, entry: Entry) -> tuple[Entry, timedelta] | None:
        """Return the earlier version that has this text, or its words, and how long it was away."""
        exact = self._texts.get(entry.text_hash)
        same_words = self._words.get(entry.word_hash)
        for found in (exact, same_words):
            if found is not None and found[1] is not None:
                return found[0], entry.captured_at - found[1]
        return None


def _good(entry: Entry, past: _Past, *, is_technical: bool) -> Verdict:
    before = past.latest
    if before is None:
        return Verdict(entry.key, "technical" if is_technical else "first", is_good=True)
    changes_words = entry.word_hash != before.word_hash
    only_links = entry.text_hash != before.text_hash and entry.linkless_hash == before.linkless_hash
    returned = past.returning(entry)
    if is_technical:
        kind, returned = "technical", None
    elif returned is not None:
        kind = "flap" if returned[1] <= FLAP_WINDOW else "reverted"
    else:
        kind = "substantive" if changes_words else "cosmetic"
    return Verdict(
        entry.key,
        kind,
        is_good=True,
        compared_with=before.key,
        returns_to=returned[0].key if returned else None,
        changes_words=changes_words,
        changes_only_links=only_links,
    )


def _truncation(history: Sequence[Entry], place: int, before: Entry | None) -> Fault:
    """Tell a sudden drop to a fraction of the words, unless what follows confirms it.

    A curator may have said beforehand that so short a text is the whole. Else it is confirmed when no text within
    the flap window is long again, and at least two short ones follow, or one after the window. Until then the drop is
    suspect, and the long text before it stays the latest.
    """
    if before is None or before.words < TRUNCATED_FROM_WORDS:
        return Fault.NONE
    entry = history[place]
    limit = TRUNCATED_SHARE * yardstick(before.words, before.captured_at, entry.shortened)
    if entry.words >= limit:
        return Fault.NONE
    following = [later for later in history[place + 1 :] if not later.fault]
    short = next((n for n, later in enumerate(following) if later.words >= limit), len(following))
    stays = short == len(following) or following[short].captured_at - entry.captured_at > FLAP_WINDOW
    late = any(later.captured_at - entry.captured_at > FLAP_WINDOW for later in following[:short])
    return Fault.NONE if stays and (short >= 2 or late) else Fault.TRUNCATED


def yardstick(words: int, captured_at: datetime, shortened: tuple[datetime, int] | None) -> int:
    """Return the words that a new text is measured by to tell a truncated one: those of the good version before it.

    Args:
        words: of that version.
        captured_at: when it was captured.
        shortened: when a refused text came that a curator held for the whole document, and its words. It counts
            until a newer version is there.
    """
    if shortened is None or shortened[0] <= captured_at:
        return words
    return min(words, shortened[1])
