"""The gallery: each component in every state, for those who work on the templates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord, ClauseChange, Direction, Nature, RecordState, Touch
from changes.presenting import sheet
from changes.text.compare import compare
from clauses.figures import Tally
from clauses.models import CoverageState, Ground, Severity, Stance, Standing
from conductatlas.pages.lanes import Change, Lane, LaneTimeline, lane_timeline
from conductatlas.pages.timeline import Block, Flag, Timeline, timeline
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.shown import citing
from platforms.models import Document, Operator, Platform

TALLIES = (
    ("All states", Tally(does=41, conditional=19, denies=12, unstated=5, none=96, unread=39)),
    ("Nothing read", Tally(unread=12)),
    ("All read, one platform", Tally(does=1)),
    ("Nothing at all", Tally()),
)


EARLIER = """# Terms

The first words stay.

You may close your account at any time, and we delete what you stored within 30 days.

This paragraph is about to move to the end of these terms.

We never sell your data.

These words stay.

Those words stay.

And these words stay as well.
"""
LATER = """# Terms

The first words stay.

You may close your account at any time, and we delete what you stored within 90 days of a request.

Disputes are settled by an arbitrator whom we choose.

These words stay.

Those words stay.

And these words stay as well.

This paragraph is about to move to the end of these terms.
"""

SPLITS = (
    ("All three", [(Severity.HIGH, 7), (Severity.MEDIUM, 14), (Severity.LOW, 7)]),
    ("One clause", [(Severity.HIGH, 0), (Severity.MEDIUM, 1), (Severity.LOW, 0)]),
    ("Many and few", [(Severity.HIGH, 1), (Severity.MEDIUM, 97), (Severity.LOW, 2)]),
)


_SAME: dict[str, Any] = {
    "language": "en",
    "is_organisation": True,
    "sha256": "0123456789abcdef" * 4,
    "at": datetime(2026, 5, 2, tzinfo=UTC),
}
CITED = (
    Cited(
        name="CA-D-00001/v3", authors=("Example Company",), title="Terms", site="Example", publisher="Example Company",
        number=3, issued=None, url="https://atlas.example/r/CA-D-00001/v3", sha256_is_of="text", paragraphs="12",
        remarks=("Captured 2 May 2026 00:00:00 UTC.",), **_SAME,
    ),
    Cited(
        name="CA-P-000001/v1", authors=("Example Clinic",), title="Mandatory arbitration", site="ConductAtlas",
        publisher="Example Clinic", number=1, issued=date(2026, 5, 2), url="https://atlas.example/r/CA-P-000001/v1",
        sha256_is_of="record", remarks=("Published 2 May 2026 00:00:00 UTC.",), **_SAME,
    ),
)  # fmt: skip
CITED_ON = date(2026, 5, 3)


def _timelines() -> list[tuple[str, Timeline | LaneTimeline]]:
    start = datetime(2024, 2, 14, tzinfo=UTC)
    moments = [start + timedelta(days=60 * n) for n in range(14)]
    blocks = [
        Block("Wording 1", moments[0], moments[5], is_now=False),
        Block("Wording 2", moments[5], moments[9], is_now=False),
        Block("Wording 3", moments[9], moments[-1], is_now=True),
    ]
    many = [Block(f"Wording {n + 1}", moments[n], moments[n + 1], is_now=False) for n in range(12)]
    flags = [Flag("analysis 1", moments[6]), Flag("analysis 2", moments[10])]
    weights = [Severity.HIGH, Severity.LOW, Severity.MEDIUM, Severity.LOW]
    lanes = [
        Lane("Terms", moments[0], moments[-1], [Change(at, weights[n % 4]) for n, at in enumerate(moments[1::3])]),
        Lane("Privacy policy", moments[2], moments[-1], [Change(moments[5], Severity.MEDIUM)] * 3),
        Lane("Cookie policy, without a change", moments[7], moments[9], []),
    ]
    return [
        ("Three documents and their changes", lane_timeline(lanes)),
        ("Three wordings and two analyses", timeline(moments, blocks, flags)),
        ("Twelve wordings", timeline(moments, many)),
        ("One version", timeline(moments[:1], [Block("Wording 1", moments[0], moments[0], is_now=True)])),
        ("Ten years", timeline([start, start + timedelta(days=3650)], [Block("Wording 1", start, start, is_now=True)])),
    ]


def _changes() -> dict[str, Any]:
    """Return changes in every state, and a comparison with every kind of row; none of it is kept."""
    operator = Operator(name="Example Company", slug="example-company")
    platform = Platform(slug="example", name="Example", operator=operator)
    document = Document(platform=platform, slug="terms", title="Terms", kind="terms-of-service")
    at = datetime(2026, 5, 2, 6, 13, 20, tzinfo=UTC)
    states: dict[str, dict[str, Any]] = {
        "drafted": {"state": RecordState.DRAFTED, "direction": Direction.OPERATOR},
        "published, reverted": {"state": RecordState.PUBLISHED, "nature": Nature.REVERTED, "severity": Severity.LOW},
        "alternated": {"severity": Severity.MEDIUM, "alternations": 14, "direction": Direction.MIXED},
        "withdrawn": {"state": RecordState.WITHDRAWN, "withdrawn_because": "A page shell.", "severity": Severity.LOW},
    }
    given: dict[str, Any] = {
        "document": document,
        "nature": Nature.SUBSTANTIVE,
        "severity": Severity.HIGH,
        "observed_before": at,
        "observed_after": at - timedelta(days=1),
        "words_added": 28,
        "words_removed": 14,
        "direction": Direction.UNCLEAR,
    }
    records = [
        ChangeRecord(**given | fields, pk=number, title=f"A change that is {name}")
        for number, (name, fields) in enumerate(states.items(), start=1)
    ]
    comparison = compare(EARLIER, LATER)
    touch = ClauseChange(touch=Touch.STANCE_CHANGED, old_stance=Stance.CONDITIONAL, new_stance=Stance.DOES)
    return {"changes": records, "touched": touch, "sheet": sheet(comparison), "whole": sheet(comparison, context=None)}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    context = {
        "stances": list(Stance),
        "standings": list(Standing),
        "coverage": list(CoverageState),
        "tallies": TALLIES,
        "severities": list(Severity),
        "grounds": list(Ground),
        "splits": SPLITS,
        "timelines": _timelines(),
        "citing": citing(CITED, CITED_ON),
        **_changes(),
    }
    return render(request, "pages/gallery.html", context)
