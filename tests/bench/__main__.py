"""Measures import, reading, changes and pages on a collection (CONDUCTATLAS_CORPUS, BENCH_BUNDLE), in a database of its own."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import statistics
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.test import Client

from tests.bench import capture, comparison, evidence, extraction, replay

TIMES = 25
"""How often a page is asked for."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")


def main() -> None:
    """Make a test database, measure, and drop it."""
    from django.conf import settings

    folder = Path(os.environ.get("CONDUCTATLAS_CORPUS") or settings.BASE_DIR.parent / "shared" / "corpus")
    bundle = folder / "versions" / f"{os.environ.get('BENCH_BUNDLE', 'ota-dev-mini')}.bundle"
    if not bundle.exists():
        sys.exit(f"There is no {bundle}: set CONDUCTATLAS_CORPUS to the folder of the corpus.")
    with in_own_database():
        measure(bundle)


@contextmanager
def in_own_database() -> Iterator[None]:
    """Give a test database, and drop it after."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from conductatlas.database import as_owner, server

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    setup_test_environment()
    connection.settings_dict["TEST"]["NAME"] = f"bench_{connection.settings_dict['NAME']}"  # beside a run of the tests
    with server():
        with as_owner():
            made = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            with as_owner():
                teardown_databases(made, verbosity=0)


def measure(bundle: Path) -> None:
    """Print each figure on a line."""
    from django.core.management import call_command

    from clauses.models import Clause, Standing
    from platforms.models import Version
    from tests.bench import desk, log

    seconds = timed(lambda: call_command("load_demo", stdout=io.StringIO(), stderr=io.StringIO()))
    print(f"load_demo, the whole demonstration: {seconds:.1f} s")
    client = Client(SERVER_NAME="localhost")
    analysed = (
        Clause.objects.filter(state="published", standing=Standing.VERBATIM)
        .select_related("document__platform")
        .earliest("pk")
        .get_absolute_url()
    )
    alone = page_time(client, analysed)
    bare = timed(lambda: bare_pipe(bundle))
    options = {"licence": "bench", "attribution": "bench", "stdout": io.StringIO(), "stderr": io.StringIO()}
    whole = timed(lambda: call_command("import_collection", str(bundle), **options))
    versions = Version.objects.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"bare pipe (git, SHA-256, compressed texts once): {bare:.1f} s")
    print(f"import: {whole:.1f} s, {versions / whole:,.0f} versions a second, {whole / bare:.1f} times the bare pipe")
    print(f"peak memory of the process: {peak:.0f} MB")
    print(f"reading, pure text code on one core: {reading_speed():.2f} MB a second")
    seconds = timed(lambda: call_command("read", stdout=io.StringIO(), stderr=io.StringIO()))
    print(f"read, everything into the database: {seconds:.1f} s")
    seconds = timed(lambda: call_command("detect", stdout=io.StringIO(), stderr=io.StringIO()))
    print(f"detect, a record of each change of terms: {seconds:.1f} s")
    replay.bench(print)
    beside = page_time(client, analysed)
    print(
        f"page analysed clause: {1000 * alone:.0f} ms with the demonstration alone, {1000 * beside:.0f} ms with the "
        f"collection beside it, {beside / alone:.2f} times (medians of {TIMES})"
    )
    clause = (
        Clause.objects.filter(standing=Standing.VERBATIM, document__platform__is_demonstration=False)
        .select_related("document__platform", "type")
        .earliest("pk")
    )
    for name, address in {
        "home": "/",
        "platform": clause.document.platform.get_absolute_url(),
        "document": clause.document.get_absolute_url(),
        "clause": clause.get_absolute_url(),
        "type": clause.type.get_absolute_url(),
        "registry": "/registry/",
        "registry, words": "/registry/?q=binding+arbitration",
    }.items():
        print(f"page {name}: {1000 * page_time(client, address):.0f} ms (median of {TIMES})")
    comparison.bench(print)
    extraction.bench(print)
    capture.bench(print)
    evidence.bench(print)
    log.bench(print)
    desk.bench(print)


def page_time(client: Client, address: str) -> float:
    """Return how many seconds a page takes, as the median of many, the first left out."""
    client.get(address)
    return statistics.median(timed(lambda: client.get(address)) for _ in range(TIMES))


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_pipe(bundle: Path) -> int:
    """Read every version, hash it and compress each distinct text: what no import can do without."""
    from platforms.sources.git import opened

    seen: set[bytes] = set()
    with opened(bundle) as repository, repository.blobs() as blobs:
        for commit in repository.commits(repository.head()):
            for change in commit.changes:
                body = blobs.read(change.oid, limit=1 << 30)
                assert isinstance(body, bytes)
                sha256 = hashlib.sha256(body).digest()
                if sha256 not in seen:
                    seen.add(sha256)
                    zlib.compress(body, 1)
    return len(seen)


def reading_speed() -> float:
    """Return megabytes a second of segmenting and judging the latest texts, each by a reader without memory."""
    from clauses.acts.load_taxonomy import taxonomy
    from clauses.text.found import TextReader
    from platforms.models import Document

    types = {row["slug"] for category in taxonomy()["categories"] for row in category["types"]}
    latest = Document.objects.exclude(latest_version=None).filter(language="en").select_related("latest_version__text")
    texts = [d.latest_version.text.body for d in latest[:120] if d.latest_version and d.latest_version.text]
    TextReader(types).read("Warm up: " + texts[0][:1000])
    seconds = timed(lambda: [TextReader(types).read(text) for text in texts])
    return sum(len(text.encode()) for text in texts) / 1e6 / seconds


if __name__ == "__main__":
    django.setup()
    main()
