"""What a page says of itself: that it was corrected, and what those reply whom it is about."""

from __future__ import annotations

from dataclasses import dataclass

from conductatlas.models import Correction, CorrectionKind, CorrectionState, Reply

SHOWN = 3
"""Corrections that a page names; the log has all of the record."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Accepted corrections of a record, the latest first, and the replies on it."""

    about: str
    corrected: list[Correction]
    replies: list[Reply]
    earlier: int


def noted(about: str) -> Noted:
    """Return what is noted about a record. One query."""
    accepted = Correction.objects.filter(about=about, state=CorrectionState.ACCEPTED)
    rows = list(accepted.select_related("reply__withdrawal").defer("words").order_by("-settled_at", "-pk"))
    corrected = [row for row in rows if row.kind == CorrectionKind.ERROR]
    replies = [row.reply for row in reversed(rows) if row.kind == CorrectionKind.REPLY]
    return Noted(about, corrected[:SHOWN], replies, max(0, len(corrected) - SHOWN))
