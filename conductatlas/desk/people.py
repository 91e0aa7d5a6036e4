"""The people of the desk: an administrator adds them and gives them roles, and cannot make more of it than that."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from conductatlas.models import AuditEntry, Correction, Reply, ReplyWithdrawal
from platforms.admin_base import ReadOnlyAdmin

ONLY_SUPERUSERS = ("is_superuser", "user_permissions")
"""What only a superuser sets: whoever could would make a superuser of himself."""

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Accounts, by roles: permissions of a person alone, and superusers, are for superusers."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "roles"]
    list_filter = ["groups", "is_active"]

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        return ", ".join(group.name for group in person.groups.all()) or ("Superuser" if person.is_superuser else "")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        mine = super().get_readonly_fields(request, obj)
        return mine if request.user.is_superuser else (*mine, *ONLY_SUPERUSERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep superusers from everybody else: who sets their password is one of them."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or bool(request.user.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted: what a person signed keeps its name. An account is made inactive."""
        return False


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles are looked at; what they may do is written in the code (`conductatlas.desk.roles`)."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "person", "operation", "table", "row"]
    list_select_related = ["person"]
    list_filter = ["operation", "table"]
    search_fields = ["row"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["receipt", "about", "received_at", "state", "settled_by", "settled_at"]
    list_select_related = ["settled_by"]
    list_filter = ["state"]


@admin.register(Reply)
class ReplyAdmin(ReadOnlyAdmin):
    list_display = ["about", "speaker", "speaks_for", "published_at"]


@admin.register(ReplyWithdrawal)
class ReplyWithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["reply_id", "because", "withdrawn_at"]
