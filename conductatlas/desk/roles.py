"""The roles of the desk, as Django groups: who may do what. Made by `migrate`, and kept true by it."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet

CURATOR, REVIEWER, EDITOR, ADMINISTRATOR = "Curator", "Reviewer", "Editor", "Administrator"

_SEEN = (
    "platforms.view_platform", "platforms.view_document", "platforms.view_operator", "platforms.view_sector",
    "platforms.view_version", "platforms.view_check", "platforms.view_snapshot", "platforms.view_capturestate",
    "clauses.view_clause", "clauses.view_analysis", "clauses.view_clausetype", "clauses.view_category",
    "clauses.view_explanation", "clauses.view_regulation", "clauses.view_article", "clauses.view_agency",
    "clauses.view_jurisdiction", "clauses.view_provision", "clauses.view_passage", "clauses.view_coverage",
    "clauses.view_note", "clauses.view_judgement", "changes.view_changerecord", "changes.view_clausechange",
    "changes.view_changerevision", "conductatlas.view_auditentry", "conductatlas.view_correction",
    "conductatlas.view_reply", "conductatlas.view_replywithdrawal",
    "platforms.view_look", "platforms.view_shortening",
)  # fmt: skip
_NOTES = ("clauses.add_note",)
_CURATING = (
    "clauses.change_clause", "clauses.add_analysis", "clauses.change_analysis", "clauses.delete_analysis",
    "clauses.add_pin", "clauses.change_pin", "clauses.delete_pin", "clauses.add_action", "clauses.change_action",
    "clauses.delete_action", "clauses.add_lawlink", "clauses.change_lawlink", "clauses.delete_lawlink",
    "clauses.add_agencylink", "clauses.change_agencylink", "clauses.delete_agencylink", "clauses.add_judgement",
)  # fmt: skip
_ANSWERING = ("conductatlas.change_correction", "conductatlas.add_reply", "conductatlas.add_replywithdrawal")
_REVIEWING = ("clauses.review_analysis",)
_EDITING = (
    "clauses.publish_analysis", "clauses.retract_analysis", "changes.change_changerecord", "platforms.add_takedown",
    "platforms.change_takedown", "platforms.view_takedown", "platforms.erase_evidence", "platforms.add_look",
)  # fmt: skip
_KEPT_BY_ADMINISTRATORS = (
    ("platforms", "platform"), ("platforms", "platformalias"), ("platforms", "operator"), ("platforms", "sector"),
    ("platforms", "document"), ("clauses", "regulation"), ("clauses", "article"), ("clauses", "agency"),
    ("clauses", "explanation"), ("auth", "user"),
)  # fmt: skip
_ADMINISTERING = (
    *(f"{app}.{act}_{model}" for app, model in _KEPT_BY_ADMINISTRATORS for act in ("view", "add", "change")),
    "platforms.add_extractionrule", "platforms.view_extractionrule", "platforms.add_shortening",
    "platforms.delete_platformalias",
    "auth.view_group",
)  # fmt: skip

ROLES: dict[str, frozenset[str]] = {
    CURATOR: frozenset((*_SEEN, *_NOTES, *_CURATING, *_ANSWERING)),
    REVIEWER: frozenset((*_SEEN, *_NOTES, *_REVIEWING)),
    EDITOR: frozenset((*_SEEN, *_NOTES, *_EDITING, *_ANSWERING)),
    ADMINISTRATOR: frozenset((*_SEEN, *_NOTES, *_ADMINISTERING)),
}
"""What each role may do, by the names of Django's permissions. A person may have several roles."""


def make_roles() -> None:
    """Make the groups, and give each just the permissions of its role. Raises LookupError for one that is not there."""
    known = {
        f"{app}.{name}": pk
        for pk, app, name in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for name, wanted in ROLES.items():
        missing = sorted(wanted - known.keys())
        if missing:
            raise LookupError(f"The role {name} has permissions that no model gives: {', '.join(missing)}.")
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[permission] for permission in sorted(wanted)])


def roles_with(permission: str) -> list[str]:
    """Return the roles that carry a permission."""
    return [name for name, wanted in ROLES.items() if permission in wanted]


def administrators() -> QuerySet[User]:
    """Return the people who can give roles to others."""
    return (
        User.objects.filter(is_active=True, is_staff=True)
        .filter(groups__name=ADMINISTRATOR)
        .union(User.objects.filter(is_active=True, is_superuser=True))
    )
