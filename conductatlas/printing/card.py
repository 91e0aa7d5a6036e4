"""The picture that a shared link shows: words of the document first, then whose they are and how they were judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from changes.models import Direction
from clauses.models import Severity, Stance
from clauses.text.plain import plain
from conductatlas.printing.blocks import tag
from conductatlas.printing.record import title_of
from conductatlas.printing.setting import png
from conductatlas.printing.words import BREAK, breakable, excerpt, printable
from conductatlas.records.frozen import Fate, Frozen

WIDTH, HEIGHT = 1200, 630
MOST = 300
"""Characters of a quotation on a card."""


def card(frozen: Frozen) -> bytes:
    """Return the card of a revision as PNG."""
    return png("card.typ", on_card(frozen))


def on_card(frozen: Frozen) -> dict[str, Any]:
    """Return what the card shows."""
    value = frozen.value
    quotation = breakable(excerpt(printable(plain(_quotation(value))), MOST))
    title = breakable(excerpt(printable(title_of(frozen)), MOST))
    severity, judged = _judged(frozen)
    return {
        "platform": breakable(excerpt(printable(value["platform"]["name"]), 50)),
        "document": breakable(f"{excerpt(printable(value['document']['title']), 60)}, {_dated(frozen)}"),
        "quotation": quotation,
        "title": title,
        "lang": tag(value.get("language", "")),
        "severity": severity,
        "judged": judged,
        "name": frozen.name,
    }


def alternative(frozen: Frozen) -> str:
    """Return in words what the card shows."""
    shown = on_card(frozen)
    words = f"“{shown['quotation']}”" if shown["quotation"] else shown["title"]
    said = f"{shown['platform']}, {shown['document']}: {words} {shown['judged']}. ConductAtlas {shown['name']}"
    return said.replace(BREAK, "")


def _quotation(value: dict[str, Any]) -> str:
    """Return the words that an analysis was written for, or the first that a change brought."""
    for passage in value.get("passages", []):
        return str(passage["quotation"])
    touched = [passage for touch in value.get("clauses", []) for passage in touch["passages"]]
    return next((str(one["new"]["quotation"]) for one in touched if one["new"] is not None), "")


def _dated(frozen: Frozen) -> str:
    value = frozen.value
    if frozen.record.letter == "C":
        return f"change seen {_day(value['window']['before'])}"
    captured = _day(value["version"]["captured_at"])
    return f"version {value['version']['number']}, captured {captured}"


def _judged(frozen: Frozen) -> tuple[str, str]:
    """Return the severity, empty for none, and the words beside its shape."""
    value = frozen.value
    if frozen.fate == Fate.RETRACTED:
        return "", "Withdrawn" if frozen.record.letter == "C" else "Retracted"
    later = f"; since superseded by {frozen.latest}" if frozen.fate == Fate.SUPERSEDED else ""
    example = "; a demonstration" if value["platform"]["is_demonstration"] else ""
    if frozen.record.letter == "D":
        return "", f"The whole text, with its hashes{later}{example}"
    level = value["severity"] if frozen.record.letter == "C" else value["severity"]["level"]
    if frozen.record.letter == "C":
        side = str(Direction(value["direction"]).label).lower()
    else:
        side = f"stance: {str(Stance(value['stance']).label).lower()}"
    return level, f"Severity {str(Severity(level).label).lower()}, {side}{later}{example}"


def _day(stamp: str) -> str:
    when = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    return f"{when.day} {when:%B %Y}"
