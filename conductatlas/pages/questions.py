"""The questions at the foot of a clause page. Each answer is taken from the field that it is about, and is visible."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from clauses.figures import Tally
from clauses.models import Clause
from conductatlas.pages.analysis import Shown


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer."""

    asks: str
    answer: str


def questions(clause: Clause, tally: Tally, shown: Shown | None) -> list[Question]:
    """Return the questions of a clause page."""
    platform = clause.document.platform
    asked = []
    if shown is not None:
        asked += [
            Question("What does this clause do?", shown.record["summary"]),
            Question("How does it affect me?", shown.record["impact"]),
        ]
    else:
        explanation = getattr(clause.type, "explanation", None)
        if explanation is not None:
            asked += [
                Question(f"What does a clause on {clause.type.name.lower()} do?", explanation.does),
                Question("Why does it matter?", explanation.matters),
            ]
    keeper = settings.OPERATOR_NAME or "ConductAtlas"
    asked += [
        Question("How many platforms have one?", _how_many(tally)),
        Question(
            f"Is {keeper} part of {platform.name}?",
            f"No. {keeper} is independent of {platform.operator.name}, and no company pays to be in it or to leave it.",
        ),
    ]
    return asked


def _how_many(tally: Tally) -> str:
    if not tally.read:
        return f"None of the {tally.platforms:,} platforms kept here has been read for it yet."
    return (
        f"{tally.found:,} of {tally.read:,} platforms read have a clause of this type: {tally.does:,} do it, "
        f"{tally.conditional:,} on conditions, {tally.denies:,} deny it, {tally.unstated:,} without a stance. "
        f"{tally.unread:,} of {tally.platforms:,} are not read. These figures are machine-found."
    )
