"""Measures how fast all evidence is recomputed, beside `sha256sum` over the same bytes, and pasted words are found.

`python -m tests.bench.evidence` prints it for this installation.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SEED = 20261124
ASKED = 200
SERIES = 40


def bench(say: Callable[[str], None]) -> None:
    """Print the figures. Raises AssertionError where something does not hold."""
    verification(say)
    words(say)
    series(say)


def verification(say: Callable[[str], None]) -> None:
    """Verify on every core and on one, and let sha256sum hash the same bodies as files, in one run."""
    from django.utils import timezone

    from conductatlas.verification import run

    def seconds(processes: int) -> tuple[float, int]:
        start = time.perf_counter()
        done = run(processes=processes, now=timezone.now, progress=lambda label, at, total: None, anew=True)
        assert done.faults == 0, "something does not hold"
        return time.perf_counter() - start, done.size

    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        size = written(Path(folder))
        sums = hashed_by_sha256sum(folder, 1)
        beside = hashed_by_sha256sum(folder, cores)
    all_cores, verified = seconds(cores)
    one, _ = seconds(1)
    say(
        f"verify_evidence: {verified / 1e6:.0f} MB in {all_cores:.1f} s on {cores} cores, {verified / 1e6 / all_cores:.0f} MB a"
        f" second ({verified / 1e6 / one:.0f} on one); sha256sum over the same bodies: {size / 1e6 / sums:.0f} on one core,"
        f" {size / 1e6 / beside:.0f} on {cores}; {all_cores / sums:.2f} times the time of sha256sum"
    )


def written(folder: Path) -> int:
    """Write every body as a file; return the bytes of all."""
    from platforms.models import StoredBytes, StoredText

    size = 0
    for name, model in (("t", StoredText), ("b", StoredBytes)):
        for pk, body in model._default_manager.values_list("pk", "body").iterator(chunk_size=200):
            data = body.encode() if isinstance(body, str) else bytes(body)
            size += (folder / f"{name}{pk}").write_bytes(data)
    return size


def hashed_by_sha256sum(folder: str, processes: int) -> float:
    """Return the seconds that sha256sum takes over the files of a folder, in so many processes."""
    start = time.perf_counter()
    command = f"find . -type f -print0 | xargs -0 -n 200 -P {processes} sha256sum > /dev/null"
    subprocess.run(["sh", "-c", command], cwd=folder, check=True)
    return time.perf_counter() - start


def words(say: Callable[[str], None]) -> None:
    """Look for random runs of words of random texts."""
    from platforms.acts.index_texts import index_texts
    from platforms.find_words import LEAST_ACROSS, texts_saying
    from platforms.models import StoredText
    from platforms.text.pieces import words_of

    start = time.perf_counter()
    indexed = index_texts()
    if indexed:
        say(f"index_texts: {indexed:,} texts in {time.perf_counter() - start:.1f} s")
    chance = random.Random(SEED)
    ids = list(StoredText.objects.order_by("pk").values_list("pk", flat=True))
    took: list[float] = []
    missed = 0
    while len(took) < ASKED:
        pk = chance.choice(ids)
        said = words_of(StoredText.objects.values_list("body", flat=True).get(pk=pk))
        length = chance.choice([LEAST_ACROSS, 20, 60])
        if len(said) < length:
            continue
        first = chance.randrange(len(said) - length + 1)
        begun = time.perf_counter()
        found = texts_saying(said[first : first + length])
        took.append(time.perf_counter() - begun)
        missed += pk not in found
    took.sort()
    say(
        f"pasted words: {ASKED - missed} of {ASKED} runs of 8 to 60 words found in their text; median"
        f" {1000 * statistics.median(took):.0f} ms, p95 {1000 * took[int(0.95 * ASKED)]:.0f} ms among {len(ids):,} texts"
    )


def series(say: Callable[[str], None]) -> None:
    """Look for random runs of words, and compare the versions of the document that are found with those that say them."""
    from platforms.find_words import LEAST_ACROSS, texts_saying
    from platforms.models import Document, StoredText
    from platforms.text.pieces import words_of

    chance = random.Random(SEED)
    documents = list(Document.objects.exclude(latest_version=None).order_by("pk").values_list("pk", flat=True))
    asked = true = missed = wrong = 0
    while asked < SERIES:
        texts = StoredText.objects.filter(versions__document=chance.choice(documents)).distinct().order_by("pk")
        said = {pk: words_of(body) for pk, body in texts[:40].values_list("pk", "body")}
        whole = said[chance.choice(list(said))]
        length = chance.choice([LEAST_ACROSS, 20, 60])
        if len(said) < 2 or len(whole) < length:
            continue
        first = chance.randrange(len(whole) - length + 1)
        wanted = f" {' '.join(whole[first : first + length])} "
        saying = {pk for pk, of in said.items() if wanted in f" {' '.join(of)} "}
        found = set(texts_saying(whole[first : first + length])) & set(said)
        asked, true = asked + 1, true + len(saying)
        missed, wrong = missed + len(saying - found), wrong + len(found - saying)
    say(f"pasted words: {SERIES} runs in {true} versions of their documents; {missed} missed, {wrong} named wrongly")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    import django

    django.setup()
    from conductatlas.database import server

    with server():
        bench(print)
