"""Runs of Lighthouse over a page, and what they come to."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from tests.fixtures.browser import CHROMIUM

PROGRAM = settings.BASE_DIR / "node_modules" / "lighthouse" / "cli" / "index.js"
FORMS = ("mobile", "desktop")
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
"""The categories by Lighthouse's names, each with the least median that passes."""

UNLISTED = "is-crawlable"
"""The one audit that a page with `noindex` fails by rule. It is left out where the page shows an invented platform."""

ATTEMPTS = 3
"""How often a run is begun before the browser is taken to be at fault."""

ELEMENTS = 6
"""Elements named for a failed audit."""


@dataclass(frozen=True, slots=True)
class Result:
    """What several runs over one page, in one form, came to.

    `pace` is Lighthouse's index of how fast the machine was, in the slowest run: where it is small beside that of other
    runs, the machine was busy and performance says little.
    """

    scores: dict[str, list[int]]
    faults: list[str]
    shift: float
    shifts: list[str]
    metrics: dict[str, float]
    pace: int
    requests: list[dict[str, Any]]

    @property
    def medians(self) -> dict[str, int]:
        """Return the median of each category, of 100."""
        return {name: int(statistics.median(values)) for name, values in self.scores.items()}

    @property
    def failed(self) -> list[str]:
        """Return the categories whose median is too small."""
        return [name for name, least in CATEGORIES.items() if self.medians[name] < least]


def audited(url: str, form: str, *, runs: int, without_listing: bool) -> Result:
    """Run Lighthouse over a page several times, each in a fresh browser. Raises RuntimeError where it fails."""
    reports = [_report(url, form, without_listing) for _ in range(runs)]
    categories = [report["categories"] for report in reports]
    scores = {name: [round(100 * found[name]["score"]) for found in categories] for name in CATEGORIES}
    shift, shifting = max(((_value(r, "cumulative-layout-shift"), r) for r in reports), key=lambda pair: pair[0])
    worst = min(reports, key=lambda report: sum(one["score"] for one in report["categories"].values()))
    return Result(
        scores=scores,
        faults=_faults(worst),
        shift=shift,
        shifts=_elements(shifting["audits"]["layout-shifts"]) if shift else [],
        metrics={
            name: statistics.median(_value(report, name) for report in reports)
            for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")
        },
        pace=min(int(report["environment"]["benchmarkIndex"]) for report in reports),
        requests=reports[0]["audits"]["network-requests"]["details"]["items"],
    )


def _report(url: str, form: str, without_listing: bool) -> dict[str, Any]:
    """Return the report of one run, begun again where the browser stumbled. Raises RuntimeError."""
    complaint = ""
    for _ in range(ATTEMPTS):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "report.json"  # not the standard output, which Lighthouse may leave unfinished
            run = subprocess.run(_command(url, form, file, without_listing), env=_environment(), capture_output=True)
            report: dict[str, Any] = json.loads(file.read_bytes()) if file.exists() else {}
        if not run.returncode and report and "runtimeError" not in report:
            return report
        complaint = report.get("runtimeError", {}).get("message") or run.stderr.decode(errors="replace").strip()
        print(f"  once more, as Lighthouse failed: {complaint}", file=sys.stderr)
    raise RuntimeError(f"Lighthouse failed on {url}: {complaint}")


def _command(url: str, form: str, file: Path, without_listing: bool) -> list[str]:
    sandbox = " --no-sandbox" if os.getuid() == 0 else ""
    command = ["node", str(PROGRAM), url, "--output=json", f"--output-path={file}", "--quiet"]
    command += [f"--chrome-flags=--headless{sandbox}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    command += [f"--skip-audits={UNLISTED}"] if without_listing else []
    return command


def _environment() -> dict[str, str]:
    return {**os.environ, "CHROME_PATH": str(CHROMIUM)}


def _value(report: dict[str, Any], audit: str) -> float:
    return float(report["audits"][audit]["numericValue"])


def _faults(report: dict[str, Any]) -> list[str]:
    """Say of each audit that cost something what is wrong, with the elements."""
    said = []
    for category in report["categories"].values():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if not reference["weight"] or audit["score"] is None or audit["score"] >= 0.9:
                continue
            value = f", {audit['displayValue']}" if audit.get("displayValue") else ""
            said.append(f"{category['title']}: {audit['title']} ({audit['id']}{value})")
            said += [f"    {element}" for element in _elements(audit)]
    return said


def _elements(audit: dict[str, Any]) -> list[str]:
    found = []
    for item in audit.get("details", {}).get("items", []):
        node = item.get("node", {})
        words = node.get("snippet") or item.get("url") or item.get("description") or item.get("reason") or ""
        place = f"  at {node['selector']}" if node.get("selector") else ""
        why = (node.get("explanation") or "").split("\n")[-1].strip()
        found.append(f"{words}{place}{'  ' + why if why else ''}")
    more = [f"and {len(found) - ELEMENTS} more"] if len(found) > ELEMENTS else []
    return [line for line in found[:ELEMENTS] if line.strip()] + more
