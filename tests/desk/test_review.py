"""Review, publication and retraction at the desk, by people with roles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clauses.acts.publish import submit
from clauses.models import Analysis, Clause, Standing, State
from conductatlas.models import AuditEntry
from tests.clauses.law import person, published, written
from tests.desk.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def clause() -> Clause:
    return Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0]


@pytest.fixture
def waiting(clause: Clause) -> Analysis:
    """An analysis by Ada that waits for review."""
    person("ada")
    analysis = written(clause)
    submit(analysis=analysis)
    return analysis


def browser(name: str, *roles: str) -> Client:
    client = Client()
    client.force_login(member(name, *roles))
    return client


def do(client: Client, analysis: Analysis, act: str, words: str = "") -> int:
    return client.post(reverse("admin:desk:review_act", args=[analysis.pk]), {"act": act, "words": words}).status_code


def test_three_people_take_an_analysis_from_review_to_publication(waiting: Analysis) -> None:
    reviewer, editor = browser("rita", "Reviewer"), browser("emil", "Editor")
    assert waiting.title in reviewer.get(reverse("admin:desk:reviews")).content.decode()
    assert do(reviewer, waiting, "sign") == 302
    assert do(editor, waiting, "publish") == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reviewed_by.username, waiting.number) == ("published", "rita", 1)  # type: ignore[union-attr]
    acts = AuditEntry.objects.filter(table="clauses_analysis", row=waiting.pk).order_by("pk")
    assert [entry.person.username if entry.person else None for entry in acts][-2:] == ["rita", "emil"]


def test_the_author_is_refused_as_reviewer_even_with_the_role(waiting: Analysis) -> None:
    ada = browser("ada", "Curator", "Reviewer")
    page = ada.get(reverse("admin:desk:review", args=[waiting.pk])).content.decode()
    assert 'value="sign"' not in page
    answer = ada.post(reverse("admin:desk:review_act", args=[waiting.pk]), {"act": "sign", "words": "kept as typed"})
    assert answer.status_code == 422
    assert "Somebody else than the author" in answer.content.decode()
    assert "kept as typed" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.reviewed_by is None


ALLOWED = {
    ("Curator", "sign"): 403,
    ("Curator", "publish"): 403,
    ("Curator", "retract"): 403,
    ("Curator", "send_back"): 403,
    ("Reviewer", "sign"): 302,
    ("Reviewer", "send_back"): 302,
    ("Reviewer", "publish"): 403,
    ("Reviewer", "retract"): 403,
    ("Editor", "sign"): 403,
    ("Editor", "send_back"): 403,
    ("Editor", "publish"): 422,  # nobody has signed it
    ("Editor", "retract"): 422,  # nothing is published
    ("Administrator", "sign"): 403,
    ("Administrator", "publish"): 403,
}


@pytest.mark.parametrize(("role", "act"), ALLOWED)
def test_each_role_may_do_its_part_and_no_other(waiting: Analysis, role: str, act: str) -> None:
    client = browser("somebody", role)
    assert do(client, waiting, act, "Because.") == ALLOWED[role, act]


def test_who_lacks_the_role_is_told_which_it_is_and_whom_to_ask(waiting: Analysis) -> None:
    member("boss", "Administrator")
    answer = browser("carl", "Curator").post(reverse("admin:desk:review_act", args=[waiting.pk]), {"act": "publish"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<strong>Editor</strong>" in page
    assert "Boss Test" in page


def test_who_has_no_account_is_asked_to_log_in(waiting: Analysis, client: Client) -> None:
    answer = client.get(reverse("admin:desk:review", args=[waiting.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_sent_back_needs_remarks_and_an_unknown_act_is_refused(waiting: Analysis) -> None:
    client = browser("rita", "Reviewer")
    assert do(client, waiting, "send_back", "  ") == 422
    assert do(client, waiting, "burn") == 400
    assert do(client, waiting, "send_back", "More on retention.") == 302
    page = client.get(reverse("admin:desk:review", args=[waiting.pk])).content.decode()
    assert "More on retention." in page


def test_a_second_revision_is_shown_against_the_first(clause: Clause) -> None:
    published(clause)
    second = written(clause, fields={"summary": "It says that."})
    submit(analysis=second)
    page = browser("rita", "Reviewer").get(reverse("admin:desk:review", args=[second.pk])).content.decode()
    assert "revision 1" in page
    assert "<del>this" in page
    assert "<ins>that" in page


def test_an_editor_retracts_with_a_reason_that_readers_see(clause: Clause, client: Client) -> None:
    analysis = published(clause)
    editor = browser("emil", "Editor")
    assert do(editor, analysis, "retract", "") == 422
    assert do(editor, analysis, "retract", "We misread the second sentence.") == 302
    assert "We misread the second sentence." in client.get(clause.get_absolute_url()).content.decode()


def test_the_trail_of_a_clause_names_who_did_what(waiting: Analysis) -> None:
    rita = browser("rita", "Reviewer")
    do(rita, waiting, "sign")
    trail = reverse("admin:desk:audit")
    page = rita.get(trail, {"record": waiting.clause.record_id}).content.decode()
    assert "Rita Test" in page
    assert f'Analysis <span class="id">{waiting.pk}</span>' in page
    assert "Added: Pin" in page
    lines = rita.get(trail, {"person": "machine"}).context["lines"]
    assert lines
    assert not [line for line in lines if line.entry.person]
    assert "is no id of a record" in rita.get(trail, {"record": "nonsense"}).content.decode()
    assert "written as 2026-11-24" in rita.get(trail, {"day": "yesterday"}).content.decode()
    assert "Nothing of that kind" in rita.get(trail, {"day": "1999-01-01"}).content.decode()


def test_the_trail_pages_by_keyset_without_a_gap(waiting: Analysis) -> None:
    rita = browser("rita", "Reviewer")
    address, seen = reverse("admin:desk:audit"), []
    following = "?table=clauses_pin"
    while following:
        answer = rita.get(address + following)
        seen += [line.entry.pk for line in answer.context["lines"]]
        following = answer.context["older"]
    wanted = AuditEntry.objects.filter(table="clauses_pin").order_by("-pk").values_list("pk", flat=True)
    assert seen == list(wanted)
