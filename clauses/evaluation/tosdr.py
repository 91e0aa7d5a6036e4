"""Measures the reader on quotes that people filed under cases of ToS;DR.

A quote says nothing of the cases it is not filed under, so there is recall and no precision. Each quote is read alone
and without a heading. Quotes in other languages than the reader's are left out. Those that nobody at ToS;DR has
approved yet are counted with all, and left out of the figure beside it: some are filed under the wrong case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauses.evaluation.mappings import Mapping, tosdr_cases
from clauses.evaluation.rows import WrongRow, identity, others, read_lines, words_of
from clauses.text.classify import findings_of
from platforms.text.language import language_of

LANGUAGES = ("en", "")
"""Those of the reader, and what is too short to tell."""
BATCH = 200


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with what its case means; None where the case is left out."""

    line: int
    id: str
    text: str
    meaning: Mapping | None
    approved: bool


def read_tosdr(path: Path, *, without: Collection[str] = ()) -> list[Quote]:
    """Read rows with id, text, label (the case), family and pending, leaving out some families of companies.

    Raises BadLabels for a faulty row, and when nothing is left.
    """
    cases = tosdr_cases()

    def quote(line: int, row: dict[str, Any]) -> Quote:
        case = words_of(row, "label")
        if case not in cases:
            raise WrongRow(f"label: the case {case!r} is not in label-mappings.yaml")
        return Quote(line, identity(row), words_of(row, "text"), cases[case], row.get("pending") is not True)

    return others(path, read_lines(path, lambda line, row: (row.get("family"), quote(line, row))), without)


def tosdr_figures(
    quotes: Sequence[Quote], progress: Callable[[int], None], limit: int = 0
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return recall per type and over all, and the first quotes that were missed of each type."""
    mapped = [quote for quote in quotes if quote.meaning is not None]
    counted = [quote for quote in mapped if language_of(quote.text) in LANGUAGES]
    met: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    missed: list[dict[str, Any]] = []
    for start in range(0, len(counted), BATCH):
        batch = counted[start : start + BATCH]
        for quote, findings in zip(batch, findings_of([(one.text, ()) for one in batch]), strict=True):
            assert quote.meaning is not None
            types = {finding.type for finding in findings}
            right = bool(types & quote.meaning.accepted)
            met[quote.meaning.type].append((right, quote.approved))
            if not right and quote.approved:
                missed.append(
                    {"line": quote.line, "id": quote.id, "type": quote.meaning.type, "score": None,
                     "found": sorted(types), "text": quote.text}
                )  # fmt: skip
        progress(start + len(batch))
    every = [pair for pairs in met.values() for pair in pairs]
    figures = {
        "rows": len(quotes),
        "case_left_out": len(quotes) - len(mapped),
        "language_left_out": len(mapped) - len(counted),
        "overall": _recall(every),
        "approved": _recall([pair for pair in every if pair[1]]),
        "types": {slug: {**_recall(pairs), "approved": _recall([p for p in pairs if p[1]])}
                  for slug, pairs in sorted(met.items())},
    }  # fmt: skip
    return figures, missed[:limit]


def _recall(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    right = sum(met for met, _ in pairs)
    return {"labels": len(pairs), "right": right, "recall": round(right / len(pairs), 4) if pairs else None}
