"""What other parts of the site say of a revision, for its bundle: its proof in the log, and how it is cited."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from conductatlas.log.models import Checkpoint
from conductatlas.log.proofs import leaf_of_revision
from conductatlas.log.proofs import proof_of as proof_in
from conductatlas.records.cite.kept import citations
from conductatlas.records.frozen import Frozen

_ANY_DAY = date(2000, 1, 1)


def proof_of(frozen: Frozen) -> bytes | None:
    """Return the proof that a revision is in the log, None where it is not (yet) in a signed part of it.

    Of the signed states of the log the first that holds the revision is taken: a later one would prove no more, and
    the bundle would change with each.
    """
    leaf = leaf_of_revision(frozen.record, frozen.number)
    if leaf is None:
        return None
    checkpoint = Checkpoint.objects.filter(size__gt=leaf.index).order_by("size").first()
    return _json(proof_in(leaf, checkpoint)) if checkpoint is not None else None


def citations_of(frozen: Frozen) -> bytes:
    """Return how a revision is cited, in CSL-JSON. Nobody has accessed it yet, so no day of access is in it."""
    items: list[dict[str, Any]] = [one.as_csl(_ANY_DAY) for one in citations(frozen)]
    return _json([{key: value for key, value in item.items() if key != "accessed"} for item in items])


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
