"""The page on which an analysis is written, by its form, without a browser: nothing typed is ever lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clauses.acts.start_draft import start_draft
from clauses.drafted import CHOICES, FINDINGS, POINTS, WORDS, Content, current_content
from clauses.models import Analysis, Clause, Note, Standing, State
from tests.clauses.law import AT, make_law, person
from tests.desk.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

WHOLE: dict[str, Any] = {
    "title": "A title of its own", "stance": "does", "ground": "explicit", "confidence": "high",
    "confidence_reason": "The words are plain.", "refusal": "none_named", "anonymised": "not_said", "exposure": "low",
    "exposure_text": "It is usual.", "summary": "It says this.", "why": "It matters since the Example Act asks for more.",
    "note": "Read as written.", "impact": "You are bound by it.", "landscape": "The Example Act has something to say.",
    "jurisdictions": "Exampleland.", "contracts": "None.", "compliance": "Look at it.", "interests": "",
    **dict.fromkeys(FINDINGS.values(), "Found so"), **dict.fromkeys(POINTS.values(), "1"),
    "actions-0-title": "Write", "actions-0-steps": "Write a letter.", "actions-0-contact": "",
    "actions-0-rests_on": ["Example Act, Article 1", ""], "actions-0-where": ["Exampleland", ""],
    "laws-0-article": "Example Act, Article 1", "laws-0-reason": "It bears on this",
    "agencies-0-agency": "Example Commissioner", "agencies-0-reason": "It hears complaints",
}  # fmt: skip


@pytest.fixture
def clause() -> Clause:
    make_law()
    return Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0]


@pytest.fixture
def draft(clause: Clause) -> Analysis:
    return start_draft(clause=clause, by=person("ada"), at=AT)


@pytest.fixture
def curator() -> Client:
    return browser("ada", "Curator")


def browser(name: str, *roles: str) -> Client:
    client = Client()
    client.force_login(member(name, *roles))
    return client


def address(draft: Analysis) -> str:
    return reverse("admin:desk:write", args=[draft.pk])


def form_of(page: str) -> dict[str, Any]:
    """Return what a browser would send of the form of a page, without a button."""
    values: dict[str, Any] = {}
    form = page[page.index('id="write"') : page.index("<datalist")]
    for tag in re.findall(r"<input [^>]*>", form):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r' name="([^"]*)"', tag)
        if kind and name and (kind[1] != "radio" or " checked" in tag):
            value = re.search(r' value="([^"]*)"', tag)
            values.setdefault(name[1], []).append(value[1] if value else "")
    for name, words in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n([^<]*)</textarea>', form):
        values[name] = [words]
    return values


def test_the_form_sends_back_what_it_shows(curator: Client, draft: Analysis) -> None:
    curator.post(address(draft), WHOLE | {"edition": 1})
    before = current_content(Analysis.objects.get(pk=draft.pk))
    sent = form_of(curator.get(address(draft)).content.decode())
    assert set(sent) >= {*WORDS, *CHOICES, *POINTS.values(), "edition"}
    answer = curator.post(address(draft), sent)
    assert answer.status_code == 302
    after = Analysis.objects.get(pk=draft.pk)
    assert (current_content(after), after.edition) == (before, 2)  # nothing changed, so nothing was saved


def test_a_saved_form_is_the_draft_and_can_be_handed_to_review(curator: Client, draft: Analysis) -> None:
    answer = curator.post(address(draft), WHOLE | {"edition": 1, "do": "submit"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.severity, draft.summary, draft.rights) == ("in_review", "medium", "It says this.", 1)
    assert [str(a) for a in draft.actions.get().rests_on.all()] == ["Example Act, Article 1"]
    closed = curator.get(address(draft)).content.decode()
    assert "in review" in closed
    curator.post(address(draft), {"do": "take_back"})
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_is_not_complete_is_saved_and_not_handed_in(curator: Client, draft: Analysis) -> None:
    typed = WHOLE | {"edition": 1, "do": "submit", "note": "", "laws-0-reason": ""}
    answer = curator.post(address(draft), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#note">' in page
    assert 'href="#laws-0-reason"' in page
    assert 'id="fault-note">Still empty' in page
    draft.refresh_from_db()
    assert (draft.state, draft.summary) == ("draft", "It says this.")


def test_a_refused_save_shows_the_form_as_typed(curator: Client, draft: Analysis) -> None:
    typed = WHOLE | {"edition": 1, "title": "x" * 201, "laws-1-article": "Half a", "note_words": "A note, too"}
    answer = curator.post(address(draft), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("x" * 201, "It says this.", "Half a", "A note, too", "Write a letter."):
        assert words in page
    assert 'id="fault-title">At most 200' in page
    assert 'aria-invalid="true"' in page
    draft.refresh_from_db()
    assert (draft.edition, draft.summary) == (1, "")


def test_two_people_save_and_the_second_chooses_field_by_field(draft: Analysis, curator: Client) -> None:
    bert = browser("bert", "Curator")
    curator.post(address(draft), WHOLE | {"edition": 1, "why": "Hers", "note": "Hers alone"})
    mine = WHOLE | {"edition": 1, "why": "His", "note": "", "impact": "His alone"}
    answer = bert.post(address(draft), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Test saved this draft" in page
    assert 'name="edition" value="2"' in page
    assert "His alone" in page
    assert re.search(r'name="choose-note" value="theirs" checked', page)  # only she changed it
    assert re.search(r'name="choose-why" value="mine" checked', page)
    bert.post(address(draft), mine | {"edition": 2, "choose-why": "mine", "choose-note": "theirs"})
    content = current_content(Analysis.objects.get(pk=draft.pk))
    assert (content["why"], content["note"], content["impact"]) == ("His", "Hers alone", "His alone")


def test_the_script_gets_its_answers_as_json(draft: Analysis, curator: Client) -> None:
    def send(**changes: Any) -> Any:
        return curator.post(address(draft), WHOLE | changes, headers={"accept": "application/json"})

    saved = send(edition=1)
    assert (saved.status_code, saved.json()["edition"]) == (200, 2)
    assert "w-checks" in saved.json()["checks"]
    assert send(edition=2, title="x" * 201).json()["faults"].keys() == {"title"}
    late = send(edition=1, why="Late")
    assert late.status_code == 409
    assert "Ada Test saved this draft" in late.json()["said"]


def test_rows_are_taken_out_moved_and_added_by_buttons(draft: Analysis, curator: Client) -> None:
    two = WHOLE | {"laws-1-article": "Example Act, Article 2", "laws-1-reason": "And this"}
    curator.post(address(draft), two | {"edition": 1, "do": "up:laws-1"})
    labels = [row["article"][-1] for row in current_content(Analysis.objects.get(pk=draft.pk))["laws"]]
    assert labels == ["2", "1"]
    answer = curator.post(address(draft), two | {"edition": 2, "do": "remove:laws-0"})
    assert [row["reason"] for row in current_content(Analysis.objects.get(pk=draft.pk))["laws"]] == ["And this"]
    answer = curator.post(address(draft), form_of(curator.get(address(draft)).content.decode()) | {"do": "add:laws"})
    assert answer.headers["Location"].endswith("#laws-1-article")
    page = curator.get(answer.headers["Location"]).content.decode()
    assert re.search(r'id="laws-1-article"[^>]*autofocus', page)
    for odd in ("remove:laws-99", "remove:laws-x", "up:nothing-1", "remove:", "nothing"):
        edition = Analysis.objects.get(pk=draft.pk).edition
        sent = form_of(curator.get(address(draft)).content.decode())
        assert curator.post(address(draft), sent | {"do": odd}).status_code == 302
        assert Analysis.objects.get(pk=draft.pk).edition == edition


@pytest.mark.parametrize("edition", ["", "x", "-1", "1" * 12])
def test_a_form_without_its_edition_is_refused(draft: Analysis, curator: Client, edition: str) -> None:
    assert curator.post(address(draft), WHOLE | {"edition": edition}).status_code == 400


def test_notes_assignment_and_undo_save_first(draft: Analysis, curator: Client) -> None:
    bert = member("bert", "Curator")
    curator.post(address(draft), WHOLE | {"edition": 1, "do": "note", "note_words": "Ask about page 2."})
    note = Note.objects.get(analysis=draft)
    assert (note.words, note.by.username) == ("Ask about page 2.", "ada")
    curator.post(address(draft), WHOLE | {"edition": 2, "why": "More.", "do": "assign", "assigned_to": bert.pk})
    draft.refresh_from_db()
    assert (draft.why, draft.assigned_to, draft.edition) == ("More.", bert, 3)
    for expected in (WHOLE["why"], "", ""):
        sent = form_of(curator.get(address(draft)).content.decode()) | {"do": "undo"}
        curator.post(address(draft), sent)
        draft.refresh_from_db()
        assert draft.why == expected


def test_earlier_saves_are_listed_compared_and_restored(draft: Analysis, curator: Client) -> None:
    curator.post(address(draft), WHOLE | {"edition": 1})
    curator.post(address(draft), WHOLE | {"edition": 2, "summary": "It says that."})
    saves = reverse("admin:desk:write_saves", args=[draft.pk])
    page = curator.get(f"{saves}?edition=2").content.decode()
    assert "Edition 3" in page
    assert "<del>that.</del>" in page
    assert "<ins>this.</ins>" in page
    assert curator.post(saves, {"edition": 3, "restore": 2}).status_code == 302
    draft.refresh_from_db()
    assert (draft.edition, draft.summary) == (4, "It says this.")
    curator.post(saves, {"edition": 3, "restore": 1})
    draft.refresh_from_db()
    assert draft.edition == 4  # another save came between
    assert curator.get(f"{saves}?edition=99").status_code == 404
    assert curator.get(f"{saves}?edition=x").status_code == 404


def test_who_may_not_write_is_told_who_may(draft: Analysis) -> None:
    rita = browser("rita", "Reviewer")
    answer = rita.get(address(draft))
    assert answer.status_code == 403
    assert "Curator" in answer.content.decode()
    assert rita.post(address(draft), WHOLE | {"edition": 1}).status_code == 403
    assert Client().get(address(draft)).status_code == 302


def test_a_draft_is_started_from_the_clause(clause: Clause, curator: Client) -> None:
    start = reverse("admin:desk:write_start", args=[clause.pk])
    first = curator.post(start)
    assert first.status_code == 302
    assert curator.post(start).headers["Location"] == first.headers["Location"]
    assert Analysis.objects.filter(clause=clause).count() == 1


def test_the_words_and_the_general_text_stand_beside_the_form(draft: Analysis, curator: Client) -> None:
    page = curator.get(address(draft)).content.decode()
    assert "General text: do not copy" in page
    assert "The reader, a machine, takes it to be" in page
    content: Content = current_content(draft)
    assert content["stance"] == draft.clause.found_stance
