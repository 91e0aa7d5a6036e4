"""Extends the log by what was recorded since, and signs what it is then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from conductatlas.log.keys import NoKey, log_turn, signer
from conductatlas.log.leaves import KINDS
from conductatlas.log.merkle import root
from conductatlas.log.models import Checkpoint, LeafKind, LogLeaf
from conductatlas.log.note import checkpoint_text, signed
from conductatlas.log.tree import append, lookup
from platforms.acts.seal_versions import seal_pending

BATCH = 2000

Subject = tuple[LeafKind, int]


@dataclass(frozen=True)
class Extended:
    """What was done: how many leaves were added, the size then, and why no checkpoint was signed, if none was."""

    added: int
    size: int
    unsigned: str = ""


def extend_log(*, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> Extended:
    """Give a leaf to everything that has none, in the order in which it was recorded, and sign a checkpoint.

    May be stopped at any moment and run again, and several may run at once: a batch is one transaction in the turn of
    the log. Where nothing can be signed the leaves are added all the same, and the answer says why.
    """
    seal_pending()
    unsigned = ""
    try:
        signer(at=at)  # the first call names the log: its key is the first leaf
    except NoKey as error:
        unsigned = str(error)
    waiting, added = pending(), 0
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        with log_turn():
            added += _append(batch)
        progress(min(start + BATCH, len(waiting)), len(waiting))
    if not unsigned:
        sign(at=at)
    return Extended(added, LogLeaf.objects.size(), unsigned)


def pending() -> list[Subject]:
    """Return what waits for its leaf, in the order recorded."""
    found = [
        (recorded, place, pk)
        for place, kind in enumerate(KINDS)
        for recorded, pk in kind.waiting().values_list(kind.recorded, "pk")
    ]
    return [(KINDS[place].name, pk) for _, place, pk in sorted(found)]


def sign(*, at: datetime) -> Checkpoint | None:
    """Sign a checkpoint of the log as it is; None where the latest one is of this size already. Raises NoKey."""
    key = signer(at=at)
    with log_turn():
        size = LogLeaf.objects.size()
        latest = Checkpoint.objects.first()
        if not size or (latest is not None and latest.size >= size):
            return None
        hashed = root(size, lookup)
        text = checkpoint_text(origin=key.row.origin, size=size, root=hashed, at=at)
        note = signed(text, key.row.origin, key.private)
        return Checkpoint.objects.create(size=size, root=hashed, at=at, key=key.row, note=note)


def _append(batch: Sequence[Subject]) -> int:
    """Append the leaves of a batch, but of what another process has logged meanwhile; return how many."""
    of_kind: dict[LeafKind, list[int]] = defaultdict(list)
    for name, pk in batch:
        of_kind[name].append(pk)
    contents: dict[Subject, tuple[bytes, bytes]] = {}
    for kind in KINDS:
        if subjects := of_kind[kind.name]:
            logged = set(LogLeaf.objects.filter(kind=kind.name, subject__in=subjects).values_list("subject", flat=True))
            new = [pk for pk in subjects if pk not in logged]
            contents |= {(kind.name, pk): found for pk, found in kind.contents(new).items()}
    append([(name, pk, *contents[name, pk]) for name, pk in batch if (name, pk) in contents])
    return len(contents)
