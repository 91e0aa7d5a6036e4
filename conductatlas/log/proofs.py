"""What the log shows about one of its leaves, or about two of its sizes, as JSON values."""

from __future__ import annotations

from typing import Any

from changes.models import ChangeRevision
from clauses.models import Analysis
from conductatlas.log.merkle import consistency_proof, inclusion_proof
from conductatlas.log.models import Checkpoint, LeafKind, LogLeaf
from conductatlas.log.tree import lookup
from conductatlas.records.ids import RecordId
from platforms.models import Version

PROOF = "conductatlas.proof/1"


def leaf_of_revision(record: RecordId, number: int) -> LogLeaf | None:
    """Return the leaf of one revision of a record; None where there is none, or none yet."""
    kind, subjects = {
        "P": (LeafKind.ANALYSIS, Analysis.objects.filter(clause=record.number, number=number)),
        "D": (LeafKind.VERSION, Version.objects.filter(document=record.number, number=number)),
        "C": (LeafKind.CHANGE, ChangeRevision.objects.filter(record=record.number, number=number)),
    }[record.letter]
    return LogLeaf.objects.filter(kind=kind, subject__in=subjects.values("pk")).first()


def leaf_of_hash(sha256: bytes) -> LogLeaf | None:
    """Return the first leaf about a hash: of a record, of bytes, of a text, or of the leaf itself."""
    found = LogLeaf.objects.filter(sha256=sha256).order_by("index").first()
    if found is None:
        versions = Version.objects.filter(text__sha256=sha256).values("pk")
        found = LogLeaf.objects.filter(kind=LeafKind.VERSION, subject__in=versions).order_by("index").first()
    return found


def proof_of(leaf: LogLeaf, checkpoint: Checkpoint) -> dict[str, Any]:
    """Return the proof that a leaf stands in the log of a checkpoint. Raises ValueError where it stands behind it."""
    path = inclusion_proof(leaf.index, checkpoint.size, lookup)
    return {
        "schema": PROOF,
        "leaf": bytes(leaf.content).decode(),
        "index": leaf.index,
        "size": checkpoint.size,
        "path": [part.hex() for part in path],
        "root": bytes(checkpoint.root).hex(),
        "checkpoint": checkpoint.note,
    }


def consistency_of(old: int, new: int) -> dict[str, Any]:
    """Return the proof that the log of one size is the beginning of the log of another. Raises ValueError."""
    return {"from": old, "to": new, "path": [part.hex() for part in consistency_proof(old, new, lookup)]}
