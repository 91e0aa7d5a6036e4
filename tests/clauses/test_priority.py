"""The order of proposals is the sum that the documentation prints."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from clauses import priority
from clauses.acts.prioritise import prioritise_document
from clauses.models import Clause, Confidence, Severity, Stance, State

DESK = Path(settings.BASE_DIR) / "docs" / "desk.md"


def test_the_documentation_prints_the_points() -> None:
    page = DESK.read_text(encoding="utf-8")
    severity, stance, sure = priority.OF_SEVERITY, priority.OF_STANCE, priority.OF_CONFIDENCE
    assert (
        "high {high}, medium {medium}, low {low}; {unknown} where it is not known".format(
            **{one.value: severity[one] for one in Severity}, unknown=priority.OF_UNKNOWN_SEVERITY
        )
        in page
    )
    assert (
        "does {does}, on conditions {conditional}, denies {denies}, none {unstated}".format(
            **{one.value: stance[one] for one in Stance}
        )
        in page
    )
    assert "| high {high}, medium {medium}, low {low} |".format(**{one.value: sure[one] for one in Confidence}) in page
    assert f"| {priority.A_POINT_OF_REACH} for each of its points, 0 to 2 |" in page
    assert f"| the document has a published clause | {priority.OF_BEGUN} |" in page


def test_each_reason_moves_a_proposal_forward_and_none_back() -> None:
    def of(severity: str, reach: int, stance: str, score: float, begun: bool) -> int:
        return priority.priority_of(severity=severity, reach=reach, stance=stance, score=score, is_begun=begun)

    severities, stances, scores = (
        ["low", "medium", "high"],
        ["unstated", "denies", "conditional", "does"],
        [0.5, 0.7, 0.9],
    )
    for s, r, t, c, b in product(range(2), range(2), range(3), range(2), [False]):
        here = of(severities[s], r, stances[t], scores[c], b)
        assert here < of(severities[s + 1], r, stances[t], scores[c], b)
        assert here < of(severities[s], r + 1, stances[t], scores[c], b)
        assert here < of(severities[s], r, stances[t + 1], scores[c], b)
        assert here < of(severities[s], r, stances[t], scores[c + 1], b)
        assert here < of(severities[s], r, stances[t], scores[c], True)


@pytest.mark.django_db
def test_settling_computes_it_and_a_second_time_changes_nothing(demonstration: None) -> None:
    clause = Clause.objects.waiting().select_related("type__explanation", "quoted").latest("priority")
    assert clause.quoted is not None
    expected = priority.priority_of(
        severity=clause.type.explanation.severity,
        reach=clause.type.explanation.points["reach"],
        stance=clause.found_stance,
        score=clause.quoted.score,
        is_begun=Clause.objects.filter(document=clause.document, state=State.PUBLISHED).exists(),
    )
    assert clause.priority == expected > 0
    assert prioritise_document(document_id=clause.document_id) == 0
    Clause.objects.filter(pk=clause.pk).update(priority=1)
    assert prioritise_document(document_id=clause.document_id) == 1
