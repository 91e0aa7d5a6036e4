"""The admin's own page of a clause, beside the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.acts.decide import reject
from clauses.models import Clause, State
from tests.clauses.test_decide import free_type, proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def test_an_address_is_named_and_nothing_else_is_changed(boss: Client) -> None:
    clause = proposal()
    form = {"slug": "a-name-of-its-own", "title": "Other", "type": free_type(clause).pk, "state": "published"}
    boss.post(reverse("admin:clauses_clause_change", args=[clause.pk]), form)
    kept = Clause.objects.get(pk=clause.pk)
    assert kept.slug == "a-name-of-its-own"
    assert (kept.title, kept.type_id, kept.state) == (clause.title, clause.type_id, State.PROPOSED)
    assert kept.curated_at is not None


def test_a_rejection_is_taken_back_from_the_list(boss: Client) -> None:
    clause = proposal()
    reject(clauses=[clause.pk], because="No such clause", at=timezone.now())
    address = reverse("admin:clauses_clause_changelist")
    boss.post(address, {"action": "propose_again", "_selected_action": [clause.pk]})
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.state, kept.rejected_because) == (State.PROPOSED, "")
    answer = boss.post(address, {"action": "propose_again", "_selected_action": [clause.pk]}, follow=True)
    assert b"nothing was changed" in answer.content
