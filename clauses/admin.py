"""The desk over the taxonomy and the clauses; what a reader derived can be looked at and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    """Clauses are decided at the desk; here their addresses are named, and rejections taken back."""

    list_display = ["record_id", "title", "type", "of_document", "state", "stance", "standing"]
    list_select_related = ["type", "document__platform"]
    list_filter = ["state", "standing", "stance", "type"]
    search_fields = ["title", "slug"]
    show_full_result_count = False
    list_per_page = 50
    fields = [
        "at_the_desk", "document", "type", "found_as", "slug", "title", "state", "merged_into", "found_at",
        "curated_at", "rejected_because", "significance", "assigned_to",
    ]  # fmt: skip
    readonly_fields = [
        "at_the_desk", "document", "type", "found_as", "title", "state", "merged_into", "found_at",
        "curated_at", "rejected_because", "significance", "assigned_to",
    ]  # fmt: skip
    actions = ["propose_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="document", ordering="document")
    def of_document(self, obj: models.Clause) -> str:
        return obj.document.full_title

    @admin.display(description="at the desk")
    def at_the_desk(self, obj: models.Clause) -> SafeString:
        address = reverse("admin:desk:proposal", args=[obj.pk])
        return format_html('<a href="{}">Decide about {}</a>', address, obj.record_id)

    @admin.action(description="Propose again what was rejected", permissions=["change"])
    def propose_again(self, request: HttpRequest, queryset: QuerySet[models.Clause]) -> None:
        from clauses.acts.decide import propose_again

        try:
            reopened = propose_again(clauses=queryset.values_list("pk", flat=True), at=timezone.now())
        except ValidationError as fault:
            self.message_user(request, " ".join(fault.messages), messages.ERROR)
        else:
            self.message_user(request, f"{len(reopened)} proposed again.")

    def save_model(self, request: HttpRequest, obj: models.Clause, form: Any, change: bool) -> None:
        """Save the address that a curator named; the former one redirects."""
        obj.curated_at = timezone.now()
        obj.save(update_fields=["slug", "curated_at"])


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


@admin.register(models.Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ["clause", "words", "by", "at"]
    list_select_related = ["clause", "by"]


@admin.register(models.Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ["analysis", "standing", "verdict", "reason", "by", "at"]
    list_select_related = ["analysis", "by"]
    list_filter = ["verdict", "standing"]


@admin.register(models.SavedDraft)
class SavedDraftAdmin(ReadOnlyAdmin):
    list_display = ["analysis", "edition", "by", "at"]
    list_select_related = ["analysis", "by"]
