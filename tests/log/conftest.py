"""What the tests of the log share."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User


@pytest.fixture
def persons(db) -> tuple[User, User]:
    """Two people who may erase."""
    may = Permission.objects.get(codename="erase_evidence")
    made = [User.objects.create_user(name) for name in ("ada", "bertha")]
    for one in made:
        one.user_permissions.add(may)
    return made[0], made[1]
