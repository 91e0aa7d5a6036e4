"""People with roles, for the tests of the desk."""

from __future__ import annotations

from django.contrib.auth.models import Group, User

from conductatlas.desk.roles import make_roles


def member(name: str, *roles: str) -> User:
    """Return a member of the staff with roles, who signs as Name Test."""
    make_roles()
    user, _ = User.objects.update_or_create(
        username=name, defaults={"is_staff": True, "first_name": name.title(), "last_name": "Test"}
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user
