"""Measures the evidence log: appending, and proofs over a log of a given length, in the database at hand."""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import time
from collections.abc import Callable

from django.db.models import Max
from django.test import Client
from django.utils import timezone

LEAVES = int(os.environ.get("BENCH_LEAVES", "100000"))
"""How many leaves there shall be; 0 leaves this out."""
TIMES = 200


def bench(say: Callable[[str], None]) -> None:
    """Log what waits, fill the log up to so many leaves, then ask for proofs and check each."""
    from conductatlas.log.extend import extend_log, sign
    from conductatlas.log.models import LogLeaf

    start, had = time.perf_counter(), LogLeaf.objects.count()
    added = extend_log(at=timezone.now()).added
    if added:
        say(f"extend_log, {added:,} leaves beside {had:,}: {time.perf_counter() - start:.1f} s")
    if not LEAVES:
        return
    start, had = time.perf_counter(), LogLeaf.objects.count()
    _fill(LEAVES)
    made = LogLeaf.objects.count() - had
    say(f"log of {LEAVES:,} leaves: {made / (time.perf_counter() - start):,.0f} leaves appended a second")
    start = time.perf_counter()
    sign(at=timezone.now())
    say(f"checkpoint signed: {1000 * (time.perf_counter() - start):.1f} ms")
    start = time.perf_counter()
    extend_log(at=timezone.now())
    say(f"extend_log with nothing to do: {1000 * (time.perf_counter() - start):.0f} ms")
    _proofs(say)


def _fill(size: int) -> None:
    """Append leaves about nothing."""
    from conductatlas.log.keys import log_turn
    from conductatlas.log.models import LeafKind, LogLeaf
    from conductatlas.log.tree import append

    top = LogLeaf.objects.aggregate(n=Max("subject"))["n"] or 0
    while (there := LogLeaf.objects.size()) < size:
        many = min(2000, size - there)
        with log_turn():
            append(
                [(LeafKind.SNAPSHOT, top + there + n + 1, b"%d" % (there + n), _hash(there + n)) for n in range(many)]
            )


def _hash(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()


def _proofs(say: Callable[[str], None]) -> None:
    """Time proofs of random leaves, in the act and over HTTP, and check that each holds."""
    from conductatlas.log.merkle import consistency_proof, inclusion_proof, is_consistent, is_included, root
    from conductatlas.log.models import Checkpoint, LogLeaf
    from conductatlas.log.tree import lookup

    draw, latest = random.Random(1), Checkpoint.objects.latest("size")
    whole, client = bytes(latest.root), Client(SERVER_NAME="localhost")
    client.get("/log/proof.json", {"hash": "0" * 64})  # the first request loads the site
    inclusion, consistency, page = [], [], []
    for _ in range(TIMES):
        leaf = LogLeaf.objects.get(index=draw.randrange(latest.size))
        start = time.perf_counter()
        path = inclusion_proof(leaf.index, latest.size, lookup)
        inclusion.append(time.perf_counter() - start)
        assert is_included(bytes(leaf.hash), leaf.index, latest.size, path, whole)
        old = leaf.index + 1
        start = time.perf_counter()
        proof = consistency_proof(old, latest.size, lookup)
        consistency.append(time.perf_counter() - start)
        assert is_consistent(old, latest.size, root(old, lookup), whole, proof)
        start = time.perf_counter()
        answer = client.get("/log/proof.json", {"hash": bytes(leaf.sha256).hex()})
        page.append(time.perf_counter() - start)
        assert answer.status_code == 200
    for name, times in (("inclusion proof", inclusion), ("consistency proof", consistency), ("proof.json", page)):
        median, worst = 1000 * statistics.median(times), 1000 * max(times)
        say(
            f"{name} over {latest.size:,} leaves: {median:.1f} ms, at most {worst:.1f} ms ({TIMES} at random, all hold)"
        )
