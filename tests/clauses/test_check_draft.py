"""Each check finds its fault and is content without it."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.acts.check_draft import check_draft
from clauses.acts.publish import submit
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.drafted import content_of
from clauses.models import Analysis, Clause, Explanation, Standing, State
from platforms.models import Version
from tests.clauses.law import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def analysis() -> Analysis:
    return written(Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0])


def faults(analysis: Analysis, **changes: Any) -> dict[str, list[str]]:
    """Return the places of the faults of each check that finds some."""
    checks = check_draft(analysis, content_of(analysis) | changes)
    return {check.key: [fault.place for fault in check.faults] for check in checks if check.faults}


LAW = {"article": "Example Act, Article 1", "reason": "It bears on this"}
ACTION = {"title": "Write", "steps": "A letter.", "contact": "", "rests_on": [], "where": []}
AGENCY = {"agency": "Example Commissioner", "reason": "It hears complaints"}


def test_a_whole_draft_passes_every_check(analysis: Analysis) -> None:
    assert faults(analysis) == {}
    submit(analysis=analysis)
    assert analysis.state == "in_review"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"note": "  "}, {"written": ["note"]}),
        ({"title": ""}, {"written": ["title"]}),
        ({"exposure": "", "stance": ""}, {"chosen": ["stance", "exposure"]}),
        ({"rights": None}, {"judged": ["rights"]}),
        ({"reach_finding": ""}, {"judged": ["reach_finding"]}),
        ({"agencies": []}, {"parts": ["agencies"]}),
        ({"actions": []}, {"parts": ["actions"]}),
        ({"actions": [ACTION | {"steps": " "}]}, {"rows": ["actions-0-steps"]}),
        ({"actions": [ACTION | {"where": ["Atlantis"]}]}, {"rows": ["actions-0-where"]}),
        ({"actions": [ACTION | {"rests_on": ["Example Act, Article 9"]}]}, {"rows": ["actions-0-rests_on"]}),
        ({"laws": [LAW, LAW]}, {"rows": ["laws-1-article"]}),
        ({"laws": [LAW, LAW | {"article": "Example Act"}]}, {"rows": ["laws-1-article"]}),
        ({"agencies": [AGENCY | {"reason": ""}]}, {"rows": ["agencies-0-reason"]}),
        ({"agencies": [AGENCY | {"agency": "Nobody"}]}, {"rows": ["agencies-0-agency"]}),
        ({"compliance": "See the Example Privacy Act."}, {"laws": ["laws"]}),
        ({"laws": [LAW, {"article": "Example Privacy Act, Article 1", "reason": "So"}]}, {"laws": ["landscape"]}),
        ({"actions": [ACTION | {"rests_on": ["Example Act, Article 2"]}], "laws": [LAW]},
         {"rests": ["actions-0-rests_on"]}),
        ({"impact": "It says “this has never been written in that document”."}, {"quoted": ["impact"]}),
        ({"reach_finding": 'It says "this has never been written in that document".'}, {"quoted": ["reach_finding"]}),
        ({"summary": "Notwithstanding incompatible antecedent contractual considerations, organisational "
          "administrators may unilaterally institute supplementary requirements."}, {"level": ["summary"]}),
    ],
)  # fmt: skip
def test_each_fault_is_found_in_its_place(analysis: Analysis, changes: dict[str, Any], found: dict[str, Any]) -> None:
    assert faults(analysis, **changes) == found


def test_words_of_the_document_and_of_a_law_may_be_quoted(analysis: Analysis) -> None:
    words = analysis.clause.quoted.words  # type: ignore[union-attr]
    few = " ".join(words.split()[:9]).replace('"', "").replace("“", "").replace("”", "")
    assert faults(analysis, impact=f"It says: “{few}”.") == {}
    assert faults(analysis, landscape="The Example Act asks for “a notice that nobody can miss on a page”.") == {}
    assert faults(analysis, impact="They call it “a small note”.") == {}


def test_nothing_is_copied_from_what_is_said_of_the_type(analysis: Analysis) -> None:
    general = Explanation.objects.get(type=analysis.clause.type)
    row = " ".join(general.matters.split()[:9])
    assert faults(analysis, impact=f"Here, {row.lower()} and so on.") == {"copied": ["impact"]}
    assert faults(analysis, impact=" ".join(general.matters.split()[:6])) == {}


def test_a_severity_that_the_rubric_does_not_give_is_found(analysis: Analysis) -> None:
    analysis.severity = "low"
    assert faults(analysis) == {"judged": ["rights"]}


def test_what_is_at_fault_is_not_submitted_and_what_is_only_hard_to_read_is(analysis: Analysis) -> None:
    analysis.note = ""
    with pytest.raises(IncompleteAnalysis, match="interpretive note"):
        submit(analysis=analysis)
    analysis.note = "Read as written."
    analysis.summary = "Notwithstanding incompatible antecedent contractual considerations, it institutes obligations."
    assert [check.key for check in check_draft(analysis) if check.faults] == ["level"]
    submit(analysis=analysis)


def test_words_of_an_earlier_version_may_be_quoted(analysis: Analysis) -> None:
    document = analysis.clause.document
    first = Version.objects.filter(document=document).order_by("captured_at").first()
    assert first is not None
    earlier, now = first.text.body, analysis.version.text.body  # type: ignore[union-attr]
    gone = next(
        line for line in earlier.splitlines() if line not in now and 6 <= len(line.split()) <= 30 and '"' not in line
        and not set(line) & set("“”[]|*…")
    )  # fmt: skip
    assert faults(analysis, why=f"The Example Act. It said “{gone}”") == {}
