"""Measures the comparison beside `git diff --word-diff` and difflib.HtmlDiff, in turn on pairs of the mini collection.

By itself: `python -m tests.bench.comparison`.
"""

from __future__ import annotations

import difflib
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from changes.text.compare import ops
from tests.changes.text.real_pairs import real_pairs

SMALLEST, LARGEST = 2_000, 150_000
"""Bytes of the texts that are compared."""
MOST = 150
"""Pairs, evenly spread over the collection: HtmlDiff takes its time."""

Method = Callable[[str, str], object]


def bench(say: Callable[[str], None]) -> None:
    """Compare pairs by each method in turn, and say the median and 95th percentile of each per 100 kB."""
    pairs = _pairs(_corpus() / "versions" / "ota-dev-mini.bundle")
    if not pairs:
        say("comparison: there is no corpus to measure it on; set CONDUCTATLAS_CORPUS to its folder")
        return
    with tempfile.TemporaryDirectory(prefix="conductatlas-bench-") as folder:
        methods: dict[str, Method] = {
            "ours, moves included": ops,
            "git diff --word-diff": lambda old, new: _git(Path(folder)),
            "difflib.HtmlDiff": _html_diff,
        }
        ops("warm up", "warmed up")
        times: dict[str, list[float]] = {name: [] for name in methods}
        for old, new in pairs:
            (Path(folder) / "old").write_text(old, encoding="utf-8", newline="")
            (Path(folder) / "new").write_text(new, encoding="utf-8", newline="")
            per_100_kb = 200_000 / (len(old.encode()) + len(new.encode()))
            for name, method in methods.items():
                start = time.perf_counter()
                method(old, new)
                times[name].append(1000 * (time.perf_counter() - start) * per_100_kb)
    say(f"comparison of {len(pairs)} real pairs, ms per 100 kB, median and 95th percentile:")
    for name, found in times.items():
        say(f"  {name}: {statistics.median(found):.1f} and {statistics.quantiles(found, n=20)[-1]:.1f}")


def _corpus() -> Path:
    beside = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    return Path(os.environ.get("CONDUCTATLAS_CORPUS") or beside)


def _pairs(bundle: Path) -> list[tuple[str, str]]:
    if not bundle.exists():
        return []
    sized = [pair for pair in real_pairs(bundle) if all(SMALLEST <= len(text.encode()) <= LARGEST for text in pair)]
    return sized[:: max(1, len(sized) // MOST)][:MOST]


def _git(folder: Path) -> object:
    command = [
        "git",
        "diff",
        "--no-index",
        "--word-diff=porcelain",
        "-U100000",
        str(folder / "old"),
        str(folder / "new"),
    ]
    return subprocess.run(command, capture_output=True, check=False)


def _html_diff(old: str, new: str) -> object:
    return difflib.HtmlDiff().make_table(old.splitlines(), new.splitlines())


if __name__ == "__main__":
    bench(print)
