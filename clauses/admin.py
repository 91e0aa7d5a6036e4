"""The desk over the taxonomy and the clauses; what a reader derived can be looked at and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from clauses import admin_law, admin_reader, models  # noqa: F401 - the first two register more of the desk
from platforms.admin_base import ReadOnlyAdmin


@admin.register(models.Category)
class CategoryAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug", "position"]


@admin.register(models.ClauseType)
class ClauseTypeAdmin(ReadOnlyAdmin):
    list_display = ["name", "category", "kind_groups", "release"]
    list_select_related = ["category"]
    list_filter = ["category"]


@admin.register(models.Clause)
class ClauseAdmin(admin.ModelAdmin[models.Clause]):
    """A curator may set type and title, and reject; re-reading keeps that. Publication is an act of its own."""

    list_display = ["record_id", "title", "type", "document", "state", "stance", "standing"]
    list_select_related = ["type", "document"]
    list_filter = ["state", "standing", "stance", "type"]
    search_fields = ["title", "slug"]
    show_full_result_count = False
    list_per_page = 50
    fields = ["document", "type", "found_as", "slug", "title", "state", "merged_into", "found_at", "curated_at"]
    readonly_fields = ["document", "found_as", "state", "merged_into", "found_at", "curated_at"]
    actions = ["reject", "propose_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Reject: these words are no such clause")
    def reject(self, request: HttpRequest, queryset: QuerySet[models.Clause]) -> None:
        self._set(queryset.filter(state=models.State.PROPOSED), models.State.REJECTED)

    @admin.action(description="Take a rejection back")
    def propose_again(self, request: HttpRequest, queryset: QuerySet[models.Clause]) -> None:
        self._set(queryset.filter(state=models.State.REJECTED), models.State.PROPOSED)

    def _set(self, clauses: QuerySet[models.Clause], state: models.State) -> None:
        from clauses.acts.cover import cover_platform

        platforms = set(clauses.values_list("document__platform", flat=True))
        because = "Rejected in the list of clauses." if state == models.State.REJECTED else ""
        clauses.update(state=state, rejected_because=because, curated_at=timezone.now())
        for platform_id in sorted(platforms):
            cover_platform(platform_id=platform_id)

    def save_model(self, request: HttpRequest, obj: models.Clause, form: Any, change: bool) -> None:
        """Save what a curator decided, mark it as decided, and bring the figures up to date."""
        from clauses.acts.cover import cover_platform

        obj.curated_at = timezone.now()
        super().save_model(request, obj, form, change)
        cover_platform(platform_id=obj.document.platform_id)


@admin.register(models.Provision)
class ProvisionAdmin(ReadOnlyAdmin):
    list_display = ["clause", "stance", "score", "release"]
    list_select_related = ["clause"]
    exclude = ["sha256"]


@admin.register(models.Passage)
class PassageAdmin(ReadOnlyAdmin):
    list_display = ["pk", "version_id", "ordinal", "start", "end", "match"]
    raw_id_fields = ["provision", "version"]
    exclude = ["sha256"]


@admin.register(models.Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ["version_id", "release", "taxonomy", "read_at", "paragraphs", "found"]
    raw_id_fields = ["version"]


@admin.register(models.Derivation)
class DerivationAdmin(ReadOnlyAdmin):
    list_display = ["document_id", "latest_id", "release", "taxonomy"]
    raw_id_fields = ["document", "latest"]


@admin.register(models.Coverage)
class CoverageAdmin(ReadOnlyAdmin):
    list_display = ["platform", "type", "basis", "state", "clauses"]
    list_select_related = ["platform", "type"]
    list_filter = ["basis", "state", "type"]
