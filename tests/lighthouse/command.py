"""`make lighthouse`: each kind of page that search engines list, measured by Lighthouse on a phone and on a desk.

Serves this installation as `make serve` does. Ends with 1 where a median or a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from conductatlas.database import server
from tests.lighthouse.audit import CATEGORIES, FORMS, PROGRAM, UNLISTED, Result, audited
from tests.lighthouse.kinds import CLAUSE, Kind, NothingToMeasure, indexed_kinds
from tests.lighthouse.site import served
from tests.lighthouse.weight import Weight, as_json, weighed

Results = dict[str, dict[str, Result]]


def main() -> None:
    """Serve, measure, print and write."""
    wanted = _arguments()
    if not PROGRAM.exists():
        sys.exit("Lighthouse is not installed: `make lighthouse` does it where npm is.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # else the site would be left behind
    try:
        with served() as url:
            kinds = _kinds(wanted.kinds)
            results = _measured(url, kinds, wanted.forms, wanted.runs)
            weight = _weight(url, kinds, results)
    except (RuntimeError, NothingToMeasure) as error:
        sys.exit(str(error))
    if any(kind.is_demonstration for kind in kinds):
        print(f"\n* shows an invented platform, which carries noindex by rule: measured without {UNLISTED}")
    if weight is not None:
        print(f"\nThe page of a {CLAUSE}:", *weight.lines, sep="\n  ")
    faults = _missed(results) + (weight.faults if weight is not None else [])
    if wanted.json:
        written = _written(kinds, results, weight, wanted.runs)
        wanted.json.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print("\nMissed:" if faults else "\nNothing is missed.", *faults, sep="\n  ")
    sys.exit(1 if faults else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make lighthouse ARGS=", description=__doc__)
    parser.add_argument("--json", type=Path, help="file to write all figures to")
    parser.add_argument("--runs", type=int, default=3, help="runs of each page in each form (3)")
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS)
    parser.add_argument("--kinds", nargs="+", metavar="KIND", help="measure only kinds whose name begins so")
    return parser.parse_args()


def _kinds(beginnings: list[str] | None) -> list[Kind]:
    """Return the pages to measure, asked of the database that is being served."""
    with server():
        kinds = indexed_kinds()
    chosen = [kind for kind in kinds if not beginnings or kind.name.startswith(tuple(beginnings))]
    if not chosen:
        raise NothingToMeasure(f"No kind begins so; there are: {', '.join(kind.name for kind in kinds)}.")
    return chosen


def _measured(url: str, kinds: list[Kind], forms: list[str], runs: int) -> Results:
    """Measure each page in each form, and print a row of the table for it."""
    heads = ["performance", "accessibility", "best practices", "SEO", "layout shift"]
    print(f"Medians of {runs} run{'s' if runs > 1 else ''}\n\n{'page':28}{'form':9}", *(f"{h:>15}" for h in heads))
    results: Results = {}
    for kind in kinds:
        for form in forms:
            result = audited(url + kind.address, form, runs=runs, without_listing=kind.is_demonstration)
            results.setdefault(kind.name, {})[form] = result
            name = f"{kind.name} *" if kind.is_demonstration else kind.name
            cells = [f"{result.medians[category]:>15}" for category in CATEGORIES]
            print(f"{name:28}{form:9}", *cells, f"{result.shift:>15.4f}", flush=True)
    return results


def _weight(url: str, kinds: list[Kind], results: Results) -> Weight | None:
    clause = next((kind for kind in kinds if kind.name == CLAUSE), None)
    return weighed(url + clause.address, list(results[CLAUSE].values())) if clause is not None else None


def _missed(results: Results) -> list[str]:
    said = []
    for name, forms in results.items():
        for form, result in forms.items():
            medians = [f"{category} {result.medians[category]} of {CATEGORIES[category]}" for category in result.failed]
            if medians:
                said.append(f"{name}, {form}: {', '.join(medians)} (pace of the machine {result.pace})")
                said += [f"  {fault}" for fault in result.faults]
    return said


def _written(kinds: list[Kind], results: Results, weight: Weight | None, runs: int) -> dict[str, object]:
    return {
        "runs": runs,
        "least": CATEGORIES,
        "pages": [
            {
                "kind": kind.name,
                "address": kind.address,
                "form": form,
                "left_out": [UNLISTED] if kind.is_demonstration else [],
                "medians": result.medians,
                "scores": result.scores,
                "layout_shift": result.shift,
                "metrics": result.metrics,
                "pace": result.pace,
                "faults": result.faults,
            }
            for kind in kinds
            for form, result in results[kind.name].items()
        ],
        "clause": as_json(weight) if weight is not None else None,
    }
