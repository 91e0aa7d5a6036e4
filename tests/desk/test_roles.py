"""Who may do what at the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from conductatlas.desk.roles import ADMINISTRATOR, ROLES, make_roles
from tests.desk.people import member

pytestmark = pytest.mark.django_db


def test_migrate_makes_the_roles_and_takes_back_what_was_added_by_hand() -> None:
    assert {group.name for group in Group.objects.all()} >= set(ROLES)
    group = Group.objects.get(name="Reviewer")
    held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
    assert held == ROLES["Reviewer"]
    group.permissions.clear()
    make_roles()
    assert group.permissions.count() == len(ROLES["Reviewer"])


@pytest.mark.parametrize("role", ROLES)
def test_no_role_may_change_evidence(role: str) -> None:
    evidence = ("snapshot", "version", "check", "storedtext", "storedbytes", "issuedslug", "auditentry", "passage")
    acts = ("add", "change", "delete")
    assert not {name for name in ROLES[role] if name.split(".")[1] in {f"{a}_{m}" for a in acts for m in evidence}}


def test_an_administrator_gives_roles_and_makes_no_superuser_of_anybody(client) -> None:
    anna, boss = member("anna", ADMINISTRATOR), User.objects.create_superuser("boss", password="kept")
    client.force_login(anna)
    address = reverse("admin:auth_user_change", args=[anna.pk])
    role = Group.objects.get(name="Curator")
    form = {"username": "anna", "is_active": "on", "is_staff": "on", "is_superuser": "on", "groups": [role.pk],
            "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}  # fmt: skip
    assert client.post(address, form).status_code == 302
    anna = User.objects.get(pk=anna.pk)
    assert not anna.is_superuser
    assert [group.name for group in anna.groups.all()] == ["Curator"]
    anna.groups.set(Group.objects.filter(name=ADMINISTRATOR))
    assert client.get(reverse("admin:auth_user_change", args=[boss.pk])).status_code == 200  # looked at
    assert client.post(reverse("admin:auth_user_change", args=[boss.pk]), form).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert client.post(password, {"password1": "x1y2z3w4v5", "password2": "x1y2z3w4v5"}).status_code == 403
    assert User.objects.get(pk=boss.pk).check_password("kept")
