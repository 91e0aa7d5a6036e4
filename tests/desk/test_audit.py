"""The database writes down what people do, and nobody else writes there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.db import Error, connection, transaction

from clauses.models import Clause, State
from conductatlas.database import as_owner
from conductatlas.models import AuditEntry
from platforms.acting import acting
from platforms.models import Operator, Platform, Sector

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_a_change_by_hand_is_written_down_with_the_role_and_without_a_person() -> None:
    operator = Operator.objects.create(slug="acme", name="Acme")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_operator SET name = 'Other' WHERE id = %s", [operator.pk])
    added, changed = AuditEntry.objects.filter(table="platforms_operator").order_by("pk")
    assert added.after is not None
    assert (added.operation, added.after["name"]) == ("INSERT", "Acme")
    assert (changed.operation, changed.before, changed.after) == ("UPDATE", {"name": "Acme"}, {"name": "Other"})
    assert changed.person is None
    assert changed.role == connection.settings_dict["USER"]
    operator.delete()
    assert AuditEntry.objects.latest("pk").before == {
        "id": changed.row, "slug": "acme", "name": "Other", "country": operator.country,
    }  # fmt: skip


@pytest.mark.django_db
def test_what_leaves_a_row_as_it_was_is_no_act() -> None:
    operator = Operator.objects.create(slug="acme", name="Acme")
    before = AuditEntry.objects.count()
    operator.save()
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_passwords_are_never_written_down() -> None:
    user = User.objects.create_user("anna", password="a long secret")
    user.set_password("another secret")
    user.save()
    user.groups.add(Group.objects.create(name="some"))
    entries = AuditEntry.objects.filter(table__startswith="auth_")
    assert {entry.table for entry in entries} == {"auth_user", "auth_user_groups"}
    for entry in entries:
        for row in (entry.before, entry.after):
            assert not {"password", "last_login"} & set(row or {})
            assert "pbkdf2" not in str(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conductatlas_auditentry SET person_id = 1",
        "DELETE FROM conductatlas_auditentry",
        "TRUNCATE conductatlas_auditentry",
        'INSERT INTO conductatlas_auditentry (at, transaction, role, "table", "row", operation)'
        " VALUES (now(), 1, 'x', 'x', 1, 'INSERT')",
    ],
)
def test_nobody_writes_in_the_trail(statement: str) -> None:
    Sector.objects.create(slug="shops", name="Shops")
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conductatlas_auditentry SET person_id = 1",
        "DELETE FROM conductatlas_auditentry",
        "TRUNCATE conductatlas_auditentry",
    ],
)
def test_the_owner_too_is_refused_to_change_the_trail(statement: str) -> None:
    Sector.objects.create(slug="shops", name="Shops")
    with as_owner(), pytest.raises(Error, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_person_is_named_for_one_transaction_alone() -> None:
    anna = User.objects.create_user("anna")
    with acting(anna):
        Sector.objects.create(slug="shops", name="Shops")
    Sector.objects.create(slug="games", name="Games")
    entries = AuditEntry.objects.filter(table="platforms_sector").order_by("pk")
    assert [entry.person_id for entry in entries] == [anna.pk, None]


@pytest.mark.django_db(transaction=True)
def test_a_request_that_fails_leaves_nothing_and_names_nobody_after_it(client, monkeypatch) -> None:
    anna = User.objects.create_superuser("anna")
    client.force_login(anna)
    client.raise_request_exception = False
    made = {"slug": "shops", "name": "Shops"}
    with monkeypatch.context() as patch:
        patch.setattr("django.contrib.admin.options.ModelAdmin.log_addition", None)
        assert client.post("/admin/platforms/sector/add/", made).status_code == 500
    assert not Sector.objects.exists()
    assert client.post("/admin/platforms/sector/add/", made).status_code == 302
    Operator.objects.create(slug="acme", name="Acme")
    assert AuditEntry.objects.get(table="platforms_sector").person_id == anna.pk
    assert AuditEntry.objects.get(table="platforms_operator").person_id is None


@pytest.mark.django_db
def test_what_the_machine_derives_of_a_clause_is_no_act(clause: Clause) -> None:
    before = AuditEntry.objects.count()
    Clause.objects.update(priority=7, position=3)
    assert AuditEntry.objects.count() == before
    clause.state, clause.rejected_because = State.REJECTED, "No such clause."
    clause.save()
    entry = AuditEntry.objects.latest("pk")
    assert entry.after == {"state": "rejected", "rejected_because": "No such clause."}
    assert entry.row == clause.pk


@pytest.fixture
def clause(db) -> Clause:
    """A proposed clause of one document."""
    from clauses.models import Category, ClauseType
    from platforms.models import Document

    operator = Operator.objects.create(slug="acme", name="Acme")
    platform = Platform.objects.create(slug="acme", name="Acme", operator=operator, added_at=AT)
    document = Document.objects.create(
        platform=platform, slug="terms", title="Terms", kind="terms-of-service", nature="agreement", added_at=AT
    )
    category = Category.objects.create(slug="one", name="One", position=1)
    kind = ClauseType.objects.create(slug="a-type", name="A type", category=category, kind_groups=[], position=1)
    return Clause.objects.create(
        document=document, type=kind, found_as=kind, slug="a-type", title="A type", found_at=AT
    )
