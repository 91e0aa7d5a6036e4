"""The queues of the desk, by the forms that a curator without JavaScript has."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from changes.models import ChangeRecord
from clauses.models import Analysis, AnalysisState, Clause, ClauseType, Passage, State
from conductatlas.desk.roles import ADMINISTRATOR, CURATOR, EDITOR, REVIEWER
from platforms.models import Version
from tests.capture.pages import platform
from tests.clauses.test_decide import free_type, proposal
from tests.desk.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

PROPOSED = "/admin/desk/proposed/"


@pytest.fixture
def anna(client: Client) -> User:
    user = member("anna", CURATOR)
    client.force_login(user)
    return user


def one(clause: Clause) -> str:
    return f"{PROPOSED}{clause.pk}/"


def latest(clause: Clause) -> Version:
    version = clause.document.latest_version
    assert version is not None
    return version


def said(response) -> str:
    page: str = response.content.decode()
    return page.partition('class="said"')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (CURATOR, ["Proposed clauses", "Altered words", "Drafts", "Reviews"]),
        (REVIEWER, ["Reviews"]),
        (EDITOR, ["Reviews", "Change records", "Changes of the extractor"]),
        (ADMINISTRATOR, ["Reviews", "Failing documents"]),
    ],
)
def test_the_home_shows_what_a_person_may_do(client: Client, role: str, names: list[str]) -> None:
    client.force_login(member("anna", role))
    queues = [queue.name for queue in client.get("/admin/").context["queues"] if queue.name != "Corrections"]
    assert queues == names


def test_the_counts_are_those_of_the_lists(client: Client) -> None:
    client.force_login(User.objects.create_superuser("boss"))
    counted = {queue.name: queue for queue in client.get("/admin/").context["queues"]}
    assert counted["Proposed clauses"].waiting == Clause.objects.waiting().count() > 25
    assert counted["Altered words"].waiting == len(client.get("/admin/desk/altered/").context["page"].rows) > 0
    assert counted["Change records"].waiting == ChangeRecord.objects.to_look_at().count() > 0
    assert counted["Changes of the extractor"].waiting == len(client.get("/admin/desk/technical/").context["page"].rows)


def test_the_demonstration_leaves_the_queues_when_a_real_platform_comes(client: Client) -> None:
    client.force_login(User.objects.create_superuser("boss"))
    assert client.get(PROPOSED).context["page"].rows
    platform("harbour")
    queues = {queue.name: queue.waiting for queue in client.get("/admin/").context["queues"]}
    assert {name: queues[name] for name in ("Proposed clauses", "Altered words", "Change records")} == {
        "Proposed clauses": 0, "Altered words": 0, "Change records": 0,
    }  # fmt: skip
    assert not client.get(PROPOSED).context["page"].rows


@pytest.mark.parametrize("address", ["proposed/", "altered/", "failing/", "records/", "technical/"])
def test_who_may_not_gets_a_page_that_says_who_may(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("anna", is_staff=True))
    answer = client.get(f"/admin/desk/{address}")
    assert answer.status_code == 403
    assert b"This needs the role" in answer.content


def test_pages_of_the_queue_hold_each_proposal_once_in_order(client: Client, anna: User) -> None:
    address, seen = PROPOSED, []
    while address:
        page = client.get(address).context["page"]
        seen += [(-clause.priority, clause.pk) for clause in page.rows]
        address = f"{PROPOSED}?after={page.next_after}" if page.next_after else ""
    assert seen == sorted(seen)
    assert {pk for _, pk in seen} == set(Clause.objects.waiting().values_list("pk", flat=True))


def test_filters_narrow_and_a_wrong_one_is_refused(client: Client, anna: User) -> None:
    clause = proposal()
    rows = client.get(f"{PROPOSED}?type={clause.type.slug}").context["page"].rows
    assert {row.type for row in rows} == {clause.type}
    rows = client.get(f"{PROPOSED}?document={clause.document.record_id.lower()}").context["page"].rows
    assert {row.document_id for row in rows} == {clause.document_id}
    rows = client.get(f"{PROPOSED}?platform={clause.document.platform.name[:5]}").context["page"].rows
    assert {row.document.platform_id for row in rows} == {clause.document.platform_id}
    assert not client.get(f"{PROPOSED}?assigned=me").context["page"].rows
    assert client.get(f"{PROPOSED}?significance=enormous").status_code == 400
    assert client.get(f"{PROPOSED}?document=nonsense").status_code == 400


def test_a_proposal_is_shown_with_its_words_in_place_and_what_decided(client: Client, anna: User) -> None:
    clause = proposal()
    page = client.get(one(clause)).content.decode()
    passage = Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause).earliest("start")
    assert f"/versions/{latest(clause).number}/#p{passage.ordinal}" in page
    assert "The reader is" in page
    assert clause.type.is_not in page


def test_accepting_starts_the_draft_and_goes_to_the_writing(client: Client, anna: User) -> None:
    clause = proposal()
    answer = client.post(one(clause), {"act": "accept"})
    draft = Analysis.objects.get(clause=clause)
    assert (draft.drafted_by, draft.state) == (anna, AnalysisState.DRAFT)
    assert answer.headers["location"] == reverse("admin:desk:write", args=[draft.pk])
    assert client.get(answer.headers["location"]).status_code == 200
    assert client.post(one(clause), {"act": "accept"}).headers["location"] == answer.headers["location"]


def test_a_rejection_leads_to_the_next_and_is_undone(client: Client, anna: User) -> None:
    clause = proposal()
    following = client.get(one(clause)).context["after"]
    answer = client.post(one(clause), {"act": "reject", "because": "Speaks of another thing"}, follow=True)
    assert answer.redirect_chain[-1][0] == one(following)
    assert clause.record_id in said(answer)
    assert Clause.objects.get(pk=clause.pk).state == State.REJECTED
    answer = client.post("/admin/desk/undo/", {"next": one(clause)}, follow=True)
    assert "Taken back" in said(answer)
    assert Clause.objects.get(pk=clause.pk).state == State.PROPOSED
    assert not answer.context["can_undo"]


def test_a_refused_act_says_why_and_stays(client: Client, anna: User) -> None:
    clause = proposal()
    answer = client.post(one(clause), {"act": "reject", "because": " "}, follow=True)
    assert answer.redirect_chain[-1][0] == one(clause)
    assert "Say why" in said(answer)


def test_type_and_title_change_and_the_clause_stays_before_the_curator(client: Client, anna: User) -> None:
    clause = proposal()
    to = free_type(clause)
    assert client.post(one(clause), {"act": "retype", "type": to.slug}).headers["location"] == one(clause)
    assert client.post(one(clause), {"act": "retitle", "title": "Its own"}).headers["location"] == one(clause)
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.type, kept.title) == (to, "Its own")


def test_a_merger_names_a_clause_of_the_same_document(client: Client, anna: User) -> None:
    clause = proposal()
    stranger = Clause.objects.waiting().exclude(document=clause.document).earliest("pk")
    client.post(one(clause), {"act": "merge", "into": stranger.pk})
    assert Clause.objects.get(pk=clause.pk).state == State.PROPOSED
    into = Clause.objects.waiting().filter(document=clause.document).exclude(pk=clause.pk).earliest("pk")
    client.post(one(clause), {"act": "merge", "into": into.pk})
    assert Clause.objects.get(pk=clause.pk).merged_into == into


def test_a_split_takes_the_chosen_passages(client: Client, anna: User) -> None:
    clause = proposal(passages=2)
    last = Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause).latest("start")
    client.post(one(clause), {"act": "split", "passage": [last.pk]})
    last.refresh_from_db()
    assert last.provision.clause_id != clause.pk


def test_many_are_decided_at_once_or_none(client: Client, anna: User) -> None:
    chosen = list(Clause.objects.waiting().order_by("pk")[:3])
    pks = [clause.pk for clause in chosen]
    client.post(PROPOSED, {"act": "weigh", "clause": pks, "significance": "high"})
    client.post(PROPOSED, {"act": "assign", "clause": pks, "to": "anna"})
    assert Clause.objects.filter(pk__in=pks, significance="high", assigned_to=anna).count() == 3
    published = Clause.objects.filter(state=State.PUBLISHED).earliest("pk")
    client.post(PROPOSED, {"act": "reject", "clause": [*pks, published.pk], "because": "No such clause"})
    assert Clause.objects.filter(pk__in=pks, state=State.REJECTED).count() == 0
    answer = client.post(PROPOSED, {"act": "reject", "clause": pks, "because": "No such clause"}, follow=True)
    assert Clause.objects.filter(pk__in=pks, state=State.REJECTED).count() == 3
    assert "Undo" in said(answer)


def test_nothing_chosen_is_said(client: Client, anna: User) -> None:
    assert "Choose at least one clause" in said(client.post(PROPOSED, {"act": "weigh"}, follow=True))
    assert "Choose what to do" in said(client.post(PROPOSED, {"act": "explode", "clause": [1]}, follow=True))


def test_every_type_can_be_chosen(client: Client, anna: User) -> None:
    page = client.get(one(proposal())).content.decode()
    for slug in ClauseType.objects.values_list("slug", flat=True):
        assert f'value="{slug}"' in page
