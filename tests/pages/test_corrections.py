"""A reader reports an error; a curator answers it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clauses.models import Clause
from conductatlas.desk.roles import CURATOR
from conductatlas.models import AuditEntry, Correction
from conductatlas.pages.corrections import LONGEST, MOST_AN_HOUR
from tests.desk.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

ADDRESS = "/corrections/report/"


@pytest.fixture
def clause() -> Clause:
    return Clause.objects.select_related("document__platform").earliest("pk")


def report(client: Client, clause: Clause, **other: str):
    form = {"about": clause.record_id, "words": "The words are of another clause.", "contact": "", "website": ""}
    return client.post(ADDRESS, {**form, **other})


def test_a_clause_page_leads_to_the_form_about_it(client: Client, clause: Clause) -> None:
    page = client.get(clause.get_absolute_url()).content.decode()
    address = f"{ADDRESS}?about={clause.record_id}"
    assert f'href="{address}"' in page
    assert f'value="{clause.record_id}"' in client.get(address).content.decode()


def test_a_report_is_kept_and_said_to_be(client: Client, clause: Clause) -> None:
    answer = report(client, clause, about=clause.record_id.lower(), contact="reader@example.org")
    assert answer.headers["location"] == f"{ADDRESS}?received"
    kept = Correction.objects.get()
    assert (kept.about, kept.contact, kept.state) == (clause.record_id, "reader@example.org", "open")
    assert b"was received" in client.get(f"{ADDRESS}?received").content


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": " "}, "Say what is wrong"),
        ({"words": "x" * (LONGEST + 1)}, str(LONGEST)),
        ({"about": "CA-P-999999"}, "no such record"),
        ({"about": "nonsense"}, "no such record"),
        ({"contact": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(client: Client, clause: Clause, wrong, says) -> None:
    answer = report(client, clause, **{"words": "Typed with care.", **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "Typed with care." in page or "words" in wrong
    assert not Correction.objects.exists()


def test_a_program_that_fills_in_everything_is_let_go_by(client: Client, clause: Clause) -> None:
    assert report(client, clause, website="https://example.org").status_code == 302
    assert not Correction.objects.exists()


def test_more_than_can_be_read_in_an_hour_is_not_taken(client: Client, clause: Clause) -> None:
    now = timezone.now()
    one = {"about": clause.record_id, "words": "x"}
    Correction.objects.bulk_create(Correction(**one, received_at=now) for _ in range(MOST_AN_HOUR))
    answer = report(client, clause, words="Typed with care.")
    assert answer.status_code == 429
    assert "Typed with care." in answer.content.decode()
    Correction.objects.update(received_at=now - timedelta(hours=2))
    assert report(client, clause).status_code == 302


def test_a_curator_answers_once_and_the_contact_stays_out_of_the_trail(client: Client, clause: Clause) -> None:
    report(client, clause, contact="reader@example.org")
    anna = member("anna", CURATOR)
    client.force_login(anna)
    kept = Correction.objects.get()
    desk = "/admin/desk/corrections/"
    assert b"reader@example.org" in client.get(desk).content
    form = {"correction": kept.pk, "state": "settled", "answer": ""}
    client.post(desk, form)
    assert Correction.objects.get().state == "open"
    client.post(desk, {**form, "answer": "You are right: the anchor was moved."})
    settled = Correction.objects.get()
    assert (settled.state, settled.settled_by) == ("settled", anna)
    assert "answered already" in client.post(desk, {**form, "answer": "Again"}, follow=True).content.decode()
    trail = AuditEntry.objects.filter(table="conductatlas_correction")
    assert trail.get().person == anna
    assert "reader@example.org" not in str(list(trail.values_list("before", "after")))


def test_postgresql_refuses_an_answer_by_nobody(clause: Clause) -> None:
    kept = Correction.objects.create(about=clause.record_id, words="x", received_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=kept.pk).update(state="settled", answer="Yes")
