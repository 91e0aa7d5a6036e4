"""Drafts: one a clause, saved under a lock, every save kept, none half done."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clauses.acts.publish import publish, review, submit
from clauses.acts.save_draft import NotADraft, SavedByAnother, Unfit, save_draft
from clauses.acts.start_draft import is_pinned_elsewhere, pin_anew, start_draft
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.drafted import content_of, current_content
from clauses.models import Analysis, Clause, Explanation, SavedDraft, Standing, State
from tests.clauses.law import AT, make_law, person, published, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def clause() -> Clause:
    make_law()
    return Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0]


@pytest.fixture
def draft(clause: Clause) -> Analysis:
    return start_draft(clause=clause, by=person("ada"), at=AT)


def saved(draft: Analysis, **changes: Any) -> Analysis:
    now = Analysis.objects.get(pk=draft.pk)
    content = current_content(now) | changes
    return save_draft(analysis=now, edition=now.edition, content=content, by=person("ada"), at=AT)


def test_a_draft_starts_empty_with_the_words_and_the_stance_that_the_reader_proposes(clause: Clause) -> None:
    draft = start_draft(clause=clause, by=person("ada"), at=AT)
    assert (draft.version, draft.stance, draft.title) == (clause.last_seen, clause.found_stance, clause.title)
    body = clause.last_seen.text.body  # type: ignore[union-attr]
    assert {body[pin.start : pin.end] for pin in draft.pins.all()} >= {clause.quoted.words}  # type: ignore[union-attr]
    content = current_content(draft)
    assert content["rights"] is None
    general = Explanation.objects.get(type=clause.type)
    assert general.does not in str(content)
    assert not any(content[name] for name in content if name not in ("title", "stance"))


def test_a_clause_has_one_draft(clause: Clause, draft: Analysis) -> None:
    again = start_draft(clause=clause, by=person("bert"), at=AT)
    assert (again.pk, again.drafted_by) == (draft.pk, person("ada"))
    assert SavedDraft.objects.filter(analysis=draft).count() == 1


def test_after_publication_it_starts_as_a_copy(clause: Clause) -> None:
    first = published(clause, fields={"interests": "Holds a share."})
    clause.refresh_from_db()
    second = start_draft(clause=clause, by=person("ada"), at=AT)
    assert content_of(second) == content_of(first) == current_content(second)
    assert (second.number, second.state, second.reviewed_by) == (None, "draft", None)
    second.delete()
    assert start_draft(clause=clause, by=person("bert"), at=AT).interests == ""  # another's are not theirs


def test_what_is_rejected_takes_no_draft(clause: Clause) -> None:
    Clause.objects.filter(pk=clause.pk).update(state=State.REJECTED, rejected_because="No such clause.")
    with pytest.raises(IncompleteAnalysis, match="rejected"):
        start_draft(clause=clause, by=person("ada"), at=AT)


def test_a_save_writes_fields_and_parts_and_keeps_the_whole(draft: Analysis) -> None:
    after = saved(
        draft,
        summary="It says so.",
        rights=2,
        choice=2,
        actions=[{"title": "Write", "steps": "A letter.", "contact": "", "rests_on": ["example act,  article 1"],
                  "where": ["Exampleland"]}],
        laws=[{"article": "Example Act, Article 1", "reason": "It bears on this"}],
        agencies=[{"agency": "Example Commissioner", "reason": "It hears complaints"}],
    )  # fmt: skip
    after.refresh_from_db()
    assert (after.edition, after.summary, after.rights, after.severity) == (2, "It says so.", 2, "medium")
    action = after.actions.get()
    assert [str(article) for article in action.rests_on.all()] == ["Example Act, Article 1"]
    assert [place.code for place in action.where.all()] == ["XX"]
    assert [link.reason for link in after.laws.all()] == ["It bears on this"]
    assert [link.agency.slug for link in after.agencies.all()] == ["example-commissioner"]
    assert SavedDraft.objects.get(analysis=draft, edition=2).content["summary"] == "It says so."


def test_a_row_that_is_not_finished_is_kept_and_not_yet_in_the_analysis(draft: Analysis) -> None:
    rows = [
        {"article": "Example Act, Article 99", "reason": "Why"},
        {"article": "Example Act, Article 1", "reason": ""},
    ]
    after = saved(draft, laws=rows)
    assert not after.laws.exists()
    assert current_content(after)["laws"] == rows


def test_a_save_changes_no_row_that_did_not_change(draft: Analysis) -> None:
    law = {"article": "Example Act, Article 1", "reason": "It bears on this"}
    action = {"title": "Write", "steps": "A letter.", "contact": "", "rests_on": [], "where": []}
    first = saved(draft, laws=[law], actions=[action, action | {"title": "Call"}])
    kept = [*first.laws.values_list("pk", flat=True), *first.actions.values_list("pk", flat=True)]
    second = saved(draft, laws=[law], actions=[action | {"steps": "Two letters."}, action | {"title": "Call"}])
    assert [*second.laws.values_list("pk", flat=True), *second.actions.values_list("pk", flat=True)] == kept
    assert [one.steps for one in second.actions.all()] == ["Two letters.", "A letter."]
    third = saved(draft, laws=[], actions=[action | {"title": "Call"}])
    assert ([one.title for one in third.actions.all()], third.laws.count()) == (["Call"], 0)


def test_the_second_of_two_who_opened_the_same_edition_is_told(draft: Analysis) -> None:
    content = current_content(draft)
    save_draft(analysis=draft, edition=1, content=content | {"why": "Hers"}, by=person("ada"), at=AT)
    with pytest.raises(SavedByAnother) as caught:
        save_draft(analysis=draft, edition=1, content=content | {"why": "His"}, by=person("bert"), at=AT)
    assert (caught.value.analysis.edition, caught.value.analysis.why) == (2, "Hers")
    assert SavedDraft.objects.filter(analysis=draft).count() == 2


def test_the_same_again_is_no_save(draft: Analysis) -> None:
    assert saved(draft).edition == 1
    assert SavedDraft.objects.filter(analysis=draft).count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "x" * 201), ("stance", "perhaps"), ("rights", 3), ("exposure_points", -1), ("why", "a\x00b"),
     ("interests", "x" * 301), ("rights_finding", "x" * 201)],
)  # fmt: skip
def test_what_no_draft_can_hold_is_refused_and_nothing_saved(draft: Analysis, name: str, value: object) -> None:
    with pytest.raises(Unfit) as caught:
        saved(draft, summary="Lost?", **{name: value})
    assert set(caught.value.faults) == {name}
    draft.refresh_from_db()
    assert (draft.edition, draft.summary) == (1, "")


def test_only_a_draft_is_written_on(draft: Analysis) -> None:
    Analysis.objects.filter(pk=draft.pk).update(state="in_review")
    with pytest.raises(NotADraft, match="in review"):
        saved(draft, why="Late")


def test_a_save_that_fails_at_its_last_step_leaves_nothing(draft: Analysis) -> None:
    SavedDraft.objects.create(analysis=draft, edition=2, content={}, by=person("ada"), at=AT)  # stands in the way
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(draft, why="Half", laws=[{"article": "Example Act, Article 1", "reason": "It bears on this"}])
    draft.refresh_from_db()
    assert (draft.edition, draft.why, draft.laws.count()) == (1, "", 0)


def test_saves_of_earlier_days_are_thinned_to_one_an_hour(draft: Analysis) -> None:
    for minute in (1, 2, 65):
        now = Analysis.objects.get(pk=draft.pk)
        content = current_content(now) | {"why": f"At {minute}"}
        at = AT + timedelta(minutes=minute)
        save_draft(analysis=now, edition=now.edition, content=content, by=person("ada"), at=at)
    assert draft.saves.count() == 4
    now = Analysis.objects.get(pk=draft.pk)
    content = current_content(now) | {"why": "Two days after"}
    save_draft(analysis=now, edition=4, content=content, by=person("ada"), at=AT + timedelta(days=2))
    assert sorted(draft.saves.values_list("edition", flat=True)) == [3, 4, 5]


def test_a_draft_is_pinned_anew_where_the_words_stand_elsewhere(clause: Clause, draft: Analysis) -> None:
    assert not is_pinned_elsewhere(draft)
    draft.pins.first().delete()  # type: ignore[union-attr]
    assert is_pinned_elsewhere(draft)
    pin_anew(draft=draft)
    assert not is_pinned_elsewhere(draft)


def test_who_wrote_on_a_draft_is_named_and_does_not_review_it(draft: Analysis, clause: Clause) -> None:
    written_on = content_of(written(clause))  # a whole analysis
    Analysis.objects.filter(clause=clause).exclude(pk=draft.pk).delete()
    save_draft(analysis=draft, edition=1, content=written_on, by=person("bert"), at=AT)
    draft.refresh_from_db()
    submit(analysis=draft)
    with pytest.raises(IncompleteAnalysis, match="You wrote on this draft"):
        review(analysis=draft, by=person("bert"), at=AT)
    review(analysis=draft, by=person("cleo"), at=AT)
    publish(analysis=draft, at=AT)
    drafted = json.loads(bytes(draft.record or b""))["drafted"]
    assert (drafted["by"], drafted["with"]) == ("Ada Test", ["Bert Test"])
