"""Counts how often what was found is right: per type and over all, with a confidence interval by company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clauses.evaluation.reading import Judged
from clauses.evaluation.stances import stance_figures

FEWEST_LABELS = 8
"""The macro figure is over types with at least so many labels: with fewer one paragraph moves it too far."""
DRAWS = 1000
SEED = 20261124
LEVEL = 0.95
RIGHT, FALSE, MISSED = range(3)
_Counts = NDArray[np.int64]


def figures_of(
    judged: Sequence[Judged], types: Sequence[str], families: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return all figures of judged rows, as plain data. Pairs of a row and a type marked unsure are left out.

    With `families` (platform to company) also a 95 % interval: companies are drawn with replacement, seeded.
    """
    counts = _counts(judged, types)
    total = counts.sum(axis=0)
    figures: dict[str, Any] = {
        "rows": len(judged),
        "labels": int(total[:, [RIGHT, MISSED]].sum()),
        "unsure_left_out": sum(len(one.row.unsure) for one in judged),
        "overall": rates(*total.sum(axis=0)),
        **_macro(total),
        "types": {slug: rates(*total[place]) for place, slug in enumerate(types) if total[place].any()},
        "stance": stance_figures([one.row for one in judged]),
        "confused": confused(judged),
    }
    if families is not None:
        company = [families.get(one.row.platform, one.row.platform) for one in judged]
        figures["interval"] = _interval(counts, company)
    return figures


def rates(right: int, false: int, missed: int) -> dict[str, Any]:
    """Return precision, recall and F1 with the counts they are made of; None where there is nothing to divide by."""
    right, false, missed = int(right), int(false), int(missed)
    return {
        "labels": right + missed,
        "found": right + false,
        "right": right,
        "precision": _share(right, right + false),
        "recall": _share(right, right + missed),
        "f1": _share(2 * right, 2 * right + false + missed),
    }


def confused(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Return how often one type was labelled and missed where another was found wrongly, the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    for one in judged:
        missed = one.row.labels - one.row.unsure - set(one.found)
        wrongly = set(one.found) - one.row.labels - one.row.unsure
        times.update((labelled, found) for labelled in missed for found in wrongly)
    ordered = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    return [{"missed": labelled, "found": found, "times": count} for (labelled, found), count in ordered]


def worst_errors(judged: Sequence[Judged], limit: int) -> dict[str, list[dict[str, Any]]]:
    """Return the worst false findings and misses.

    The surest false findings come first. Where no score is known, and for misses, one of each type comes before a
    second of any, the types that are wrong most often first.
    """
    false, missed = [], []
    for one in judged:
        counted = one.row.labels - one.row.unsure
        wrongly = set(one.found) - one.row.labels - one.row.unsure
        false += [_error(one, slug, one.found[slug]) for slug in sorted(wrongly)]
        missed += [_error(one, slug, None) for slug in sorted(counted - set(one.found))]
    labelled = Counter(slug for one in judged for slug in one.row.labels - one.row.unsure)
    found = Counter(slug for one in judged for slug in one.found if slug not in one.row.unsure)
    return {"false": _in_turn(false, found)[:limit], "missed": _in_turn(missed, labelled)[:limit]}


def _in_turn(errors: list[dict[str, Any]], out_of: Counter[str]) -> list[dict[str, Any]]:
    often = Counter(error["type"] for error in errors)
    nth: Counter[str] = Counter()
    ordered = []
    for error in sorted(errors, key=lambda error: -(error["score"] or 0)):
        nth[error["type"]] += 1 if error["score"] is None else 0
        share = often[error["type"]] / out_of[error["type"]]
        ordered.append((-(error["score"] or 0), nth[error["type"]], -share, error["type"], error["line"], error))
    return [error for *_, error in sorted(ordered, key=lambda one: one[:-1])]


def _error(one: Judged, slug: str, score: float | None) -> dict[str, Any]:
    row = one.row
    return {
        "line": row.line,
        "id": row.id,
        "type": slug,
        "score": score,
        "labels": sorted(row.labels),
        "found": sorted(one.found),
        "heading": row.heading,
        "text": row.text,
    }


def _counts(judged: Sequence[Judged], types: Sequence[str]) -> _Counts:
    """Return right, false and missed for each row and type."""
    column = {slug: place for place, slug in enumerate(types)}
    counts = np.zeros((len(judged), len(types), 3), np.int64)
    for place, one in enumerate(judged):
        for slug in (one.row.labels | set(one.found)) - one.row.unsure:
            kind = MISSED if slug not in one.found else RIGHT if slug in one.row.labels else FALSE
            counts[place, column[slug], kind] = 1
    return counts


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _f1(counts: _Counts) -> NDArray[np.float64]:
    """Return the F1 of counts along the last axis; 0 where there is nothing to divide by."""
    right = 2 * counts[..., RIGHT]
    f1: NDArray[np.float64] = right / np.maximum(right + counts[..., FALSE] + counts[..., MISSED], 1)
    return f1


def _macro(total: _Counts) -> dict[str, Any]:
    labels = total[:, RIGHT] + total[:, MISSED]
    f1 = _f1(total)
    many, some = labels >= FEWEST_LABELS, labels > 0
    return {
        "macro_f1": round(float(f1[many].mean()), 4) if many.any() else None,
        "macro_types": int(many.sum()),
        "macro_f1_of_all": round(float(f1[some].mean()), 4) if some.any() else None,
        "macro_types_of_all": int(some.sum()),
    }


def _interval(counts: _Counts, company: Sequence[str]) -> dict[str, Any]:
    names, place = np.unique(np.array(company), return_inverse=True)
    by_company = np.zeros((len(names), *counts.shape[1:]), np.int64)
    np.add.at(by_company, place, counts)
    many = (counts.sum(axis=0)[:, [RIGHT, MISSED]].sum(axis=1)) >= FEWEST_LABELS
    draw = np.random.default_rng(SEED).multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    drawn = np.tensordot(draw, by_company, axes=1)
    overall = drawn.sum(axis=1)
    measured = {
        "precision": overall[:, RIGHT] / np.maximum(overall[:, RIGHT] + overall[:, FALSE], 1),
        "recall": overall[:, RIGHT] / np.maximum(overall[:, RIGHT] + overall[:, MISSED], 1),
        "f1": _f1(overall),
    }
    if many.any():
        measured["macro_f1"] = _f1(drawn[:, many]).mean(axis=1)
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    return {
        "level": LEVEL,
        "companies": len(names),
        **{name: [round(float(end), 4) for end in np.quantile(values, ends)] for name, values in measured.items()},
    }
