"""What is published is numbered, stored by value, and fixed."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import Error, IntegrityError, connection, transaction

from clauses.acts.publish import publish, retract, review, send_back, submit
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models import Action, Analysis, AnalysisState, Clause, LawLink, Pin, Standing, State
from platforms.published import canonical
from tests.clauses.law import AT, person, published, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def clause() -> Clause:
    return Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0]


def refused(statement: str, *arguments: int) -> str:
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, arguments)
    return str(caught.value)


def test_a_published_analysis_is_stored_by_value(clause: Clause) -> None:
    analysis = published(clause)
    analysis.refresh_from_db()
    record = bytes(analysis.record or b"")
    assert hashlib.sha256(record).digest() == bytes(analysis.sha256 or b"")
    value = json.loads(record)
    assert canonical(value) == record
    assert (value["id"], value["revision"], value["severity"]["level"]) == (clause.record_id, 1, "high")
    assert value["drafted"]["by"] == "Ada Test"
    body = analysis.version.text.body  # type: ignore[union-attr]
    assert value["passages"]
    for passage in value["passages"]:
        assert body[passage["start"] : passage["end"]] == passage["quotation"]
        assert hashlib.sha256(passage["quotation"].encode()).hexdigest() == passage["sha256"]
    assert value["laws"][0]["articles"][0]["reason"] == "It bears on this"
    clause.refresh_from_db()
    assert (clause.state, clause.severity, clause.title) == ("published", "high", "A title of its own")
    assert clause.analysis == analysis


def test_a_second_revision_supersedes_the_first(clause: Clause) -> None:
    first, second = published(clause), published(clause, title="Another title")
    first.refresh_from_db()
    assert (first.state, first.number) == (AnalysisState.SUPERSEDED, 1)
    assert (second.state, second.number) == (AnalysisState.PUBLISHED, 2)
    clause.refresh_from_db()
    assert (clause.title, clause.analysis) == ("Another title", second)


def test_retracted_stays_with_its_reason(clause: Clause) -> None:
    analysis = published(clause)
    with pytest.raises(IncompleteAnalysis):
        retract(clause=clause, reason=" ", by=person("bert"), at=AT)
    retract(clause=clause, reason="We misread it.", by=person("bert"), at=AT)
    analysis.refresh_from_db()
    clause.refresh_from_db()
    assert (analysis.state, analysis.retraction_reason, clause.state) == ("retracted", "We misread it.", "retracted")
    assert clause.severity == ""
    again = published(clause)
    assert again.number == 2


def test_nobody_reviews_their_own(clause: Clause) -> None:
    analysis = written(clause)
    with pytest.raises(IncompleteAnalysis):
        review(analysis=analysis, by=person("bert"), at=AT)  # not handed to review yet
    submit(analysis=analysis)
    with pytest.raises(IncompleteAnalysis):
        review(analysis=analysis, by=person("ada"), at=AT)
    with pytest.raises(IncompleteAnalysis):
        publish(analysis=analysis, at=AT)


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": {"summary": " "}},
        {"fields": {"rights_finding": ""}},
        {"fields": {"note": "The Example Privacy Act too."}},
        {"fields": {"why": "It matters.", "landscape": "Nothing."}},
        {"agencies": []},
        {"actions": []},
    ],
    ids=["empty part", "factor without finding", "law not listed", "law not named", "no agency", "no action"],
)
def test_what_is_not_complete_is_not_handed_to_review(clause: Clause, changes: dict[str, object]) -> None:
    with pytest.raises(IncompleteAnalysis):
        submit(analysis=written(clause, **changes))


def test_unknown_law_and_place_are_named(clause: Clause) -> None:
    from clauses.acts.write_analysis import ActionDraft, LawDraft

    with pytest.raises(IncompleteAnalysis, match="example-act Article 9"):
        written(clause, laws=[LawDraft("example-act", ["Article 9"], "It bears on this")])
    with pytest.raises(IncompleteAnalysis, match="ZZ"):
        written(clause, actions=[ActionDraft("Write", "Write.", where=["ZZ"])])
    with pytest.raises(IncompleteAnalysis, match="paragraph 9999"):
        written(clause, paragraphs=[9999])


def test_the_database_fixes_what_was_published(clause: Clause) -> None:
    analysis = published(clause)
    action = analysis.actions.get()
    pk = analysis.pk
    assert "fixed" in refused("UPDATE clauses_analysis SET summary = 'other' WHERE id = %s", pk)
    assert "fixed" in refused("UPDATE clauses_analysis SET state = 'draft' WHERE id = %s", pk)
    assert "fixed" in refused("UPDATE clauses_analysis SET number = 7 WHERE id = %s", pk)
    assert "stays" in refused("DELETE FROM clauses_analysis WHERE id = %s", pk)
    assert "fixed" in refused("UPDATE clauses_action SET steps = 'other' WHERE id = %s", action.pk)
    assert "fixed" in refused("DELETE FROM clauses_lawlink WHERE analysis_id = %s", pk)
    assert "fixed" in refused("UPDATE clauses_agencylink SET reason = 'x' WHERE analysis_id = %s", pk)
    assert "fixed" in refused("DELETE FROM clauses_pin WHERE analysis_id = %s", pk)
    assert "fixed" in refused("DELETE FROM clauses_action_rests_on WHERE action_id = %s", action.pk)
    assert "fixed" in refused("DELETE FROM clauses_action_where WHERE action_id = %s", action.pk)
    for table in ("analysis", "pin", "action", "lawlink", "agencylink", "action_rests_on", "action_where"):
        refused(f"TRUNCATE clauses_{table} CASCADE")
    with pytest.raises(Error), transaction.atomic():
        Action.objects.create(analysis=analysis, position=9, title="More", steps="More.")
    with pytest.raises(Error), transaction.atomic():
        LawLink.objects.filter(analysis=analysis).update(analysis=written(clause))


def test_a_draft_may_be_thrown_away(clause: Clause) -> None:
    analysis = written(clause)
    analysis.delete()
    assert not Analysis.objects.filter(pk=analysis.pk).exists()


def test_an_analysis_begins_as_a_draft_and_moves_forward(clause: Clause) -> None:
    analysis = written(clause)
    assert "never published" in refused("UPDATE clauses_analysis SET state = 'superseded' WHERE id = %s", analysis.pk)
    refused("UPDATE clauses_analysis SET state = 'published', number = 1 WHERE id = %s", analysis.pk)
    analysis.pk, analysis.state = None, AnalysisState.PUBLISHED
    with pytest.raises(Error), transaction.atomic():
        analysis.save(force_insert=True)


def test_a_pin_fits_its_version(clause: Clause) -> None:
    analysis = written(clause)
    pin = analysis.pins.first()
    assert pin is not None
    assert "words it claims" in refused("UPDATE clauses_pin SET start = start + 1 WHERE id = %s", pin.pk)
    assert "words it claims" in refused('UPDATE clauses_pin SET "end" = 9999999 WHERE id = %s', pin.pk)
    other = Clause.objects.exclude(document=clause.document).exclude(last_seen=None).first()
    assert other is not None
    theirs = written(other).pins.first()
    assert theirs is not None
    with pytest.raises(Error, match="another document"), transaction.atomic():
        Pin.objects.filter(pk=theirs.pk).update(analysis=analysis, start=theirs.start)


def test_constraints_hold(clause: Clause) -> None:
    analysis = published(clause)
    assert "clause_is_published_just_when" in refused(
        "UPDATE clauses_clause SET severity = '' WHERE id = %s", clause.pk
    )
    draft = written(clause)
    assert "factors_have_from_0_to_2" in refused("UPDATE clauses_analysis SET rights = 3 WHERE id = %s", draft.pk)
    assert "law_link_gives_a_reason" in refused(
        "UPDATE clauses_lawlink SET reason = '' WHERE analysis_id = %s", draft.pk
    )
    assert "agency_link_gives" in refused("UPDATE clauses_agencylink SET reason = '' WHERE analysis_id = %s", draft.pk)
    assert "retracted_just_when" in refused(
        "UPDATE clauses_analysis SET state = 'retracted' WHERE id = %s", analysis.pk
    )
    assert "in_force_says" in refused("UPDATE clauses_regulation SET applies_from = NULL")
    assert "checked_says" in refused("UPDATE clauses_regulation SET checked_against = 'a book'")
    assert "checked_says" in refused("UPDATE clauses_agency SET checked_against = 'a book'")


def test_a_sole_curator_may_review_where_that_is_allowed_and_the_record_says_so(clause: Clause, settings) -> None:
    settings.SOLE_CURATOR = True
    analysis = written(clause)
    submit(analysis=analysis)
    review(analysis=analysis, by=analysis.drafted_by, at=AT)
    publish(analysis=analysis, at=AT)
    assert json.loads(bytes(analysis.record or b""))["reviewed"]["rule"] == "sole_curator"


@pytest.mark.parametrize("rule", ["two_persons", "sole_curator"])
def test_postgresql_holds_the_rule_of_review_to_who_reviewed(clause: Clause, rule: str) -> None:
    analysis = written(clause)
    wrong = analysis.drafted_by if rule == "two_persons" else person("bert")
    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        Analysis.objects.filter(pk=analysis.pk).update(reviewed_by=wrong, reviewed_at=AT, review_rule=rule)


def test_what_is_sent_back_is_a_draft_again_with_the_remarks(clause: Clause) -> None:
    analysis = written(clause)
    with pytest.raises(IncompleteAnalysis, match="in review"):
        send_back(analysis=analysis, remarks="More on retention.", by=person("bert"), at=AT)
    submit(analysis=analysis)
    review(analysis=analysis, by=person("bert"), at=AT)
    with pytest.raises(IncompleteAnalysis, match="what the author should change"):
        send_back(analysis=analysis, remarks=" ", by=person("bert"), at=AT)
    send_back(analysis=analysis, remarks="More on retention.", by=person("bert"), at=AT)
    analysis = Analysis.objects.get(pk=analysis.pk)
    assert (analysis.state, analysis.reviewed_by, analysis.assigned_to) == ("draft", None, analysis.drafted_by)
    assert [note.words for note in analysis.notes.all()] == ["More on retention."]
