"""Measures how long prints, bundles and cards take once the fonts are read: each of another revision, made once.

`python -m tests.bench.printing` prints it for this installation. (Made again, a print takes a fraction of that: what was
laid out is remembered. That would be no measure.)
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

MOST = 16


def bench(say: Callable[[str], None]) -> None:
    """Print the figures. Raises AssertionError where a file made twice is not the same."""
    from changes.models import ChangeRevision
    from clauses.models import Analysis
    from conductatlas.printing.bundle import bundle
    from conductatlas.printing.card import card
    from conductatlas.printing.record import printed
    from conductatlas.records.frozen import find_frozen
    from conductatlas.records.ids import RecordId
    from platforms.models import VersionRecord

    analyses = Analysis.objects.numbered().order_by("?").values_list("clause", "number")
    changes = ChangeRevision.objects.order_by("?").values_list("record", "number")
    versions = VersionRecord.objects.order_by("?").values_list("version__document", "version__number")
    longest = versions.filter(version__text__isnull=False).order_by("-version__text__length")
    for name, letter, rows in (
        ("clause", "P", analyses),
        ("change", "C", changes),
        ("version", "D", versions),
        ("longest versions", "D", longest),
    ):
        found = [find_frozen(RecordId(letter, of), number or 0) for of, number in rows[: MOST + 1]]
        for made, make in (("PDF", printed), ("card", card), ("bundle", bundle)):
            say(f"{made}, {name}: {_times(found, make)}")


def _times(found: Sequence[Any], make: Callable[[Any], bytes]) -> str:
    first, seconds, sizes = make(found[0]), [], []
    assert make(found[0]) == first, f"{found[0].name} is not the same each time"
    for frozen in found[1:]:
        start = time.perf_counter()
        sizes.append(len(make(frozen)))
        seconds.append(time.perf_counter() - start)
    return (
        f"{1000 * statistics.median(seconds):.0f} ms, at most {1000 * max(seconds):.0f} ms of {len(seconds)};"
        f" {statistics.median(sizes) / 1000:.0f} kB"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    import django

    django.setup()
    bench(print)
