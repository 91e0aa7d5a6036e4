"""Labelled rows written for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clauses.acts.load_taxonomy import taxonomy
from clauses.evaluation.rows import Row

TYPES = [row["slug"] for category in taxonomy()["categories"] for row in category["types"]]
ARBITRATION = "Any dispute between you and us will be settled by binding arbitration, and not in court."
RENEWAL = "Your subscription renews automatically at the end of each month unless you cancel before the renewal date."
WEATHER = "The gardens behind our office are open on weekdays, and the roses are in flower until the end of June."


def row(number: int, text: str, *labels: str, **fields: Any) -> dict[str, Any]:
    """Return a row of a labels file."""
    return {
        "id": number, "platform": "Acme", "document": "Terms of Service", "heading": "", "text": text,
        "labels": list(labels), "stances": {}, "unsure": [], **fields,
    }  # fmt: skip


def made(number: int, *labels: str, unsure: tuple[str, ...] = (), platform: str = "Acme", text: str = WEATHER) -> Row:
    """Return a row as it is read from a file."""
    return Row(number, str(number), platform, "", text, frozenset(labels), frozenset(unsure), {})


def write(path: Path, *rows: Any) -> Path:
    """Write rows as JSON lines; a text goes in as it stands."""
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows) + "\n")
    return path


ARB, RENEW, PRICE = "mandatory-arbitration", "automatic-renewal", "price-changes"
