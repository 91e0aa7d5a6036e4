"""Who may erase, and that nobody else can make PostgreSQL call anything erased."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import Error, connection, transaction
from django.utils import timezone

from conductatlas.log.erase import Refused, erase_evidence
from platforms.models import Erasure, Version


@pytest.mark.django_db
def test_one_person_no_permission_or_no_reason_erases_nothing(persons: tuple[User, User], demonstration) -> None:
    version = Version.objects.earliest("pk")
    stranger = User.objects.create_user("stranger")
    good: dict[str, Any] = {"version": version, "ground": "Law", "reason": "Why", "ordered_by": persons[0], "confirmed_by": persons[1],
            "at": timezone.now()}  # fmt: skip
    for wrong in ({"confirmed_by": persons[0]}, {"confirmed_by": stranger}, {"ground": " "}, {"reason": ""}):
        with pytest.raises(Refused), transaction.atomic():
            erase_evidence(**good | wrong)
    with pytest.raises(Error), transaction.atomic():  # the application's role, as whom tests run, cannot do it at all
        erase_evidence(**good)
    assert not Erasure.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "INSERT INTO platforms_erasure (version_id, ground, reason, ordered_by_id, confirmed_by_id, erased_at, content,"
        " sha256) SELECT min(v.id), 'x', 'x', min(u.id), max(u.id), now(), 'x', sha256('x') FROM platforms_version v,"
        " auth_user u",
        "INSERT INTO platforms_storedtext (sha256, size, length, body, erasure_id) VALUES (sha256('x'), 1, 1, '', 1)",
        "UPDATE platforms_storedtext SET body = '', erasure_id = 1",
        "UPDATE clauses_analysis SET erasure_id = 1",
        "INSERT INTO changes_changerevision (record_id, number, content, sha256, erasure_id, published_at)"
        " SELECT min(id), 99, '', sha256('x'), 1, now() FROM changes_changerecord",
    ],
)
def test_the_application_cannot_call_anything_erased(persons: tuple[User, User], demonstration, attack: str) -> None:
    refusals = r"permission denied|erased by the act of erasure alone|append-only|fixed"
    with pytest.raises(Error, match=refusals), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
