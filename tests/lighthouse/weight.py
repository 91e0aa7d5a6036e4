"""What a page makes a browser load."""

from __future__ import annotations

import gzip
from dataclasses import asdict, dataclass
from typing import Any

from tests.lighthouse.audit import Result
from tests.lighthouse.site import fetch

MOST_CODE = 45_000
"""Bytes of style sheets and scripts, as served."""

MOST_FONTS = 125_000
"""Bytes of fonts beside them."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they went over the wire, headers included; `html_gzip` is what a compressing proxy would make of it."""

    html: int
    html_gzip: int
    styles: int
    scripts: int
    fonts: int
    requests: int
    shift: float
    shifts: list[str]

    @property
    def faults(self) -> list[str]:
        """Say which limits are broken."""
        said = []
        if self.styles + self.scripts >= MOST_CODE:
            said.append(f"style sheets and scripts are {self.styles + self.scripts:,} bytes, not under {MOST_CODE:,}")
        if self.fonts > MOST_FONTS:
            said.append(f"fonts are {self.fonts:,} bytes, more than {MOST_FONTS:,}")
        if self.shift:
            said.append(f"the layout shifts by {self.shift:.4f}, which should be 0")
            said += [f"  {element}" for element in self.shifts]
        return said

    @property
    def lines(self) -> list[str]:
        """Say what it is, a line each."""
        return [
            f"style sheets {self.styles:,} and scripts {self.scripts:,} bytes (under {MOST_CODE:,} together)",
            f"fonts {self.fonts:,} bytes (at most {MOST_FONTS:,})",
            f"HTML {self.html:,} bytes as served, {self.html_gzip:,} by gzip",
            f"{self.requests} requests; layout shift {self.shift:g} at most in any run (0)",
        ]


def weighed(url: str, results: list[Result]) -> Weight:
    """Weigh a page by what its runs recorded. The layout shift is the greatest of any run in any form."""
    requests = results[0].requests
    worst = max(results, key=lambda result: result.shift)
    with fetch(url) as answer:
        html = answer.read()
    return Weight(
        html=_bytes(requests, "Document"),
        html_gzip=len(gzip.compress(html, 6)),
        styles=_bytes(requests, "Stylesheet"),
        scripts=_bytes(requests, "Script"),
        fonts=_bytes(requests, "Font"),
        requests=len(requests),
        shift=worst.shift,
        shifts=worst.shifts,
    )


def as_json(weight: Weight) -> dict[str, Any]:
    """Return it with its limits."""
    limits = {"styles_and_scripts_under": MOST_CODE, "fonts_at_most": MOST_FONTS, "shift": 0}
    return asdict(weight) | {"limits": limits, "faults": weight.faults}


def _bytes(requests: list[dict[str, Any]], kind: str) -> int:
    return sum(int(request["transferSize"]) for request in requests if request.get("resourceType") == kind)
