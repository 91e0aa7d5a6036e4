"""`make lighthouse`: each kind of page that search engines list, measured by Lighthouse on a phone and on a desk.

Serves this installation as `make serve` does. Ends with 1 where a median or a limit is missed.
"""

from __future__ import annotations

import argparse
import json
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
    try:
        with served() as url:
            kinds = _kinds(wanted.kinds)
            results: Results = {kind.name: _measure(url, kind, wanted.forms, wanted.runs) for kind in kinds}
            weight = _weight(url, kinds, results)
    except (RuntimeError, NothingToMeasure) as error:
        sys.exit(str(error))
    print("\n".join(_table(kinds, results, wanted.runs)))
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


def _measure(url: str, kind: Kind, forms: list[str], runs: int) -> dict[str, Result]:
    print(f"{kind.name}: {kind.address}", file=sys.stderr)
    leave_out = kind.is_demonstration
    return {form: audited(url + kind.address, form, runs=runs, without_listing=leave_out) for form in forms}


def _weight(url: str, kinds: list[Kind], results: Results) -> Weight | None:
    clause = next((kind for kind in kinds if kind.name == CLAUSE), None)
    return weighed(url + clause.address, list(results[CLAUSE].values())) if clause is not None else None


def _table(kinds: list[Kind], results: Results, runs: int) -> list[str]:
    heads = ["performance", "accessibility", "best practices", "SEO", "layout shift"]
    lines = [
        f"Medians of {runs} run{'s' if runs > 1 else ''}",
        "",
        f"{'page':28}{'form':9}" + "".join(f"{head:>16}" for head in heads),
    ]
    for kind in kinds:
        for form, result in results[kind.name].items():
            name = f"{kind.name} *" if kind.is_demonstration else kind.name
            cells = [f"{result.medians[category]:>16}" for category in CATEGORIES]
            lines.append(f"{name:28}{form:9}" + "".join(cells) + f"{result.shift:>16.3f}")
    if any(kind.is_demonstration for kind in kinds):
        lines += ["", f"* shows an invented platform, which carries noindex by rule: measured without {UNLISTED}"]
    return lines


def _missed(results: Results) -> list[str]:
    said = []
    for name, forms in results.items():
        for form, result in forms.items():
            medians = [f"{category} {result.medians[category]} of {CATEGORIES[category]}" for category in result.failed]
            if medians:
                said.append(f"{name}, {form}: {', '.join(medians)}")
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
                "faults": result.faults,
            }
            for kind in kinds
            for form, result in results[kind.name].items()
        ],
        "clause": as_json(weight) if weight is not None else None,
    }
