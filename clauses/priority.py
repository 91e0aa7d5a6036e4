"""The order in which proposals wait for a curator, computed; docs/desk.md is held to these constants by a test.

Priority is the machine's and says what to look at next. Significance is a curator's and says how much a clause
matters: neither changes the other.
"""

from __future__ import annotations

from clauses.models.confidence import Confidence
from clauses.models.severity import Severity
from clauses.models.stance import Stance

OF_SEVERITY = {Severity.HIGH: 40, Severity.MEDIUM: 20, Severity.LOW: 0}
"""By the severity that is usual for the type."""
OF_UNKNOWN_SEVERITY = 20
"""Where nothing is known of the type in general."""
A_POINT_OF_REACH = 5
"""For each of the points that the rubric gives an ordinary clause of the type for its reach, 0 to 2."""
OF_STANCE = {Stance.DOES: 15, Stance.CONDITIONAL: 10, Stance.DENIES: 5, Stance.UNSTATED: 0}
OF_CONFIDENCE = {Confidence.HIGH: 20, Confidence.MEDIUM: 10, Confidence.LOW: 0}
"""By how sure the reader is of the type: what is surely right is soonest done."""
OF_BEGUN = 10
"""Where the document has a published clause already: readers come there."""


def priority_of(*, severity: str, reach: int, stance: str, score: float, is_begun: bool) -> int:
    """Return the priority of a proposal; more is sooner.

    Args:
        severity: usual for its type; empty where it is not known.
        reach: points that the rubric gives an ordinary clause of the type for its reach, 0 to 2.
        stance: that the reader found.
        score: how sure the reader is of the type, 0 to 1.
        is_begun: the document has a published clause.
    """
    return (
        (OF_SEVERITY[Severity(severity)] if severity else OF_UNKNOWN_SEVERITY)
        + A_POINT_OF_REACH * reach
        + OF_STANCE[Stance(stance)]
        + OF_CONFIDENCE[Confidence.of(score)]
        + (OF_BEGUN if is_begun else 0)
    )
