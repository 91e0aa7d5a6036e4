"""Measures citations in all styles; needs neither a collection nor a database: python -m tests.bench.citations."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime

from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.styles import styled

MANY = 1000
DAY = date(2026, 11, 24)


def thing(number: int) -> Cited:
    """Return a version to cite; a change of its number is all that tells it from another."""
    return Cited(
        name=f"CA-D-00001/v{number}", authors=("Murmurloft B.V.",), is_organisation=True, title="Privacy Policy",
        site="Murmurloft", publisher="Murmurloft B.V.", language="en", number=number, issued=date(2026, 1, 2),
        at=datetime(2026, 1, 3, tzinfo=UTC), url=f"https://atlas.example/r/CA-D-00001/v{number}", sha256="ab" * 32,
        sha256_is_of="text", remarks=("Captured 3 January 2026 00:00:00 UTC.",), paragraphs="12",
        source_url="https://murmurloft.example/privacy",
    )  # fmt: skip


def measure() -> None:
    """Print the time of the first citation of a process, of another, and of one that is kept."""
    figures = []
    for numbers in (range(1), range(1, MANY), range(1, MANY)):
        started = time.perf_counter()
        for number in numbers:
            styled(thing(number), DAY)
        figures.append((time.perf_counter() - started) / len(numbers) * 1000)
    first, other, kept = figures
    print(f"a citation in six styles: the first {first:.0f} ms, another {other:.2f} ms, one kept {kept:.4f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    measure()
