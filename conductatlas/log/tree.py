"""The tree of the log in the database: what the pure code asks it for, and what it appends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from conductatlas.log.merkle import Node, appended, leaf_hash
from conductatlas.log.models import LeafKind, LogLeaf, LogNode

NODES = """
SELECT level, place, hash FROM conductatlas_lognode JOIN unnest(%s::smallint[], %s::bigint[]) AS asked (level, place)
USING (level, place)
"""


def lookup(nodes: Sequence[Node]) -> Mapping[Node, bytes]:
    """Return the hashes of complete subtrees. Two queries at most."""
    found: dict[Node, bytes] = {}
    if leaves := [place for level, place in nodes if level == 0]:
        rows = LogLeaf.objects.filter(pk__in=leaves).values_list("pk", "hash")
        found |= {(0, place): bytes(hashed) for place, hashed in rows}
    if above := [node for node in nodes if node[0]]:
        with connection.cursor() as cursor:
            cursor.execute(NODES, [list(column) for column in zip(*above, strict=True)])
            found |= {(level, place): bytes(hashed) for level, place, hashed in cursor.fetchall()}
    return found


def append(leaves: Sequence[tuple[LeafKind, int, bytes, bytes]]) -> int:
    """Append leaves (kind, subject, content, hash that it is about) inside the turn of the log; return the size then.

    What a killed run left is whole: a batch is one transaction.
    """
    start = LogLeaf.objects.size()
    hashes = [leaf_hash(content) for _, _, content, _ in leaves]
    rows = [
        LogLeaf(index=index, kind=kind, subject=subject, content=content, sha256=sha256, hash=hashed)
        for index, ((kind, subject, content, sha256), hashed) in enumerate(zip(leaves, hashes, strict=True), start)
    ]
    nodes = [
        LogNode(level=level, place=place, hash=hashed)
        for (level, place), hashed in appended(start, hashes, lookup)
        if level
    ]
    LogLeaf.objects.bulk_create(rows)
    LogNode.objects.bulk_create(nodes)
    return start + len(rows)
