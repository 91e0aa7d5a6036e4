"""Emptying the database between tests leaves the guards as they were."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.utils import timezone

from platforms.models import Operator, Platform, Sector
from tests.reset import reset

GUARDS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"


def count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_gone_and_the_guards_stand():
    guards, permissions = count(GUARDS), Permission.objects.count()
    operator = Operator.objects.create(slug="o", name="O", country="DE")
    sector = Sector.objects.create(slug="s", name="S")
    Platform.objects.create(
        slug="p", name="P", operator=operator, sector=sector, homepage="https://p.example/", added_at=timezone.now()
    )
    assert count("SELECT count(*) FROM platforms_issuedslug") > 0  # evidence, filled by a trigger
    reset()
    assert count("SELECT count(*) FROM platforms_issuedslug") == 0
    assert Platform.objects.count() == 0
    assert Permission.objects.count() == permissions > 0
    assert count(GUARDS) == guards > 0


@pytest.mark.django_db
def test_rollback_tests_see_what_is_committed_by_nobody():
    with transaction.atomic():
        Sector.objects.create(slug="s", name="S")
    assert Sector.objects.count() == 1
