"""No list of the desk asks the database often, and nothing that is evidence can be edited there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changes.models import ChangeRevision
from clauses.models import Passage, Provision, Reading
from conductatlas.models import AuditEntry, Reply, ReplyWithdrawal
from platforms import models as evidence
from tests.clauses.test_decide import proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

MOST_QUERIES = 12
QUEUES = ("proposed", "altered", "reviews", "failing", "records", "technical", "corrections", "replies")
EVIDENCE = (
    evidence.Snapshot, evidence.Version, evidence.Check, evidence.StoredText, evidence.StoredBytes,
    evidence.IssuedSlug, evidence.Collection, evidence.TextProfile, evidence.VersionClass, evidence.Verification,
    evidence.ExtractionRule, evidence.Look, evidence.Shortening, Passage, Provision, Reading, AuditEntry, ChangeRevision,
    Reply, ReplyWithdrawal, evidence.VersionRecord, evidence.Erasure,
)  # fmt: skip


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def queries(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label)
def test_no_changelist_asks_often(boss: Client, model: Any) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    found = queries(boss, address)
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql in found)


@pytest.mark.parametrize("queue", QUEUES)
def test_no_queue_asks_often(boss: Client, queue: str) -> None:
    found = queries(boss, reverse(f"admin:desk:{queue}"))
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql in found)


def test_the_home_counts_every_queue_in_few_queries(client: Client) -> None:
    from conductatlas.desk.roles import ROLES
    from conductatlas.desk.queues import QUEUES as QUEUES_OF_HOME  # isort: skip
    from tests.desk.people import member

    client.force_login(member("all", *ROLES))
    assert len(client.get("/admin/").context["queues"]) == len(QUEUES_OF_HOME)
    found = queries(client, "/admin/")
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql in found)


def test_a_proposal_is_shown_in_few_queries(boss: Client) -> None:
    found = queries(boss, reverse("admin:desk:proposal", args=[proposal().pk]))
    assert len(found) <= MOST_QUERIES, "\n".join(sql[:150] for sql in found)


def rows(model: Any) -> list[tuple[Any, ...]]:
    return sorted(model.objects.values_list(), key=str)


@pytest.mark.parametrize("model", EVIDENCE, ids=lambda model: model._meta.label)
def test_no_form_of_the_admin_changes_evidence(boss: Client, model: Any) -> None:
    """Each field gets another value, and every address of the model is tried, actions of the list included."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    before = rows(model)
    form = {field.name: "9" for field in model._meta.fields} | {"_save": "Save", "post": "yes"}
    one = model.objects.first()
    tried = 0
    for page, arguments in (("add", []), ("change", [one and one.pk]), ("delete", [one and one.pk])):
        if arguments != [None]:
            assert boss.post(reverse(f"{name}_{page}", args=arguments), form).status_code == 403
            tried += 1
    assert tried >= 1
    listed = boss.get(reverse(f"{name}_changelist")).context["cl"]
    assert listed.model_admin.get_actions(listed_request(boss)) == {}
    boss.post(
        reverse(f"{name}_changelist"),
        {"action": "delete_selected", "_selected_action": [one and one.pk], "post": "yes"},
    )
    assert rows(model) == before


def listed_request(client: Client) -> Any:
    return client.get("/admin/").wsgi_request


def test_no_page_of_a_model_beside_evidence_edits_it_inline(boss: Client) -> None:
    request = listed_request(boss)
    for registered in admin.site._registry.values():
        for inline in registered.get_inline_instances(request):
            if inline.model in EVIDENCE:
                assert not inline.has_change_permission(request), inline
                assert not inline.has_delete_permission(request), inline


def test_every_model_that_is_evidence_is_tried() -> None:
    """A model is evidence where the application may only add to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(oid, 'SELECT') AND NOT has_table_privilege(oid, 'UPDATE')"
        )
        guarded = {table for (table,) in cursor}
    in_admin = {model._meta.db_table for model in admin.site._registry} & guarded
    assert in_admin <= {model._meta.db_table for model in EVIDENCE}
