"""The desk over change records: a curator replaces the drafted words, or withdraws a record with a public reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from changes import models
from changes.acts.publish import revise, withdraw
from platforms.admin_base import ReadOnlyAdmin


class ChangeRecordForm(forms.ModelForm[models.ChangeRecord]):
    """What a curator may say otherwise than the machine."""

    class Meta:
        model = models.ChangeRecord
        fields = ["title", "summary", "severity", "direction", "withdrawn_because"]

    def clean(self) -> dict[str, Any]:
        """Refuse blank words with the sentence that the act would say."""
        data = super().clean() or {}
        for name in ("title", "summary"):
            if name in data and not data[name].strip():
                self.add_error(name, "A change record has a title and a summary.")
        return data


@admin.register(models.ChangeRecord)
class ChangeRecordAdmin(admin.ModelAdmin[models.ChangeRecord]):
    """Saving publishes a revision under the curator's name; a reason for withdrawing withdraws."""

    form = ChangeRecordForm
    list_display = ["record_id", "title", "document", "severity", "direction", "state", "observed_before"]
    list_select_related = ["document"]
    list_filter = ["state", "severity", "direction", "nature"]
    search_fields = ["title"]
    date_hierarchy = "observed_before"
    show_full_result_count = False
    list_per_page = 50
    readonly_fields = [
        "document", "before", "version", "nature", "observed_after", "observed_before", "window", "words_added",
        "words_removed", "sentences_added", "sentences_removed", "sentences_changed", "passages_moved", "alternations",
        "state", "release", "detected_at", "revision",
    ]  # fmt: skip
    fields = ["title", "summary", "severity", "direction", "withdrawn_because", *readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.ChangeRecord, form: Any, change: bool) -> None:
        """Publish what the curator wrote as a revision, or withdraw the record."""
        if obj.withdrawn_because.strip():
            withdraw(record=obj, reason=obj.withdrawn_because, at=timezone.now())
            return
        assert request.user.is_authenticated  # the admin lets nobody else in
        revise(
            record=obj, title=obj.title, summary=obj.summary, severity=obj.severity, direction=obj.direction,
            by=request.user, at=timezone.now(),
        )  # fmt: skip


@admin.register(models.ClauseChange)
class ClauseChangeAdmin(ReadOnlyAdmin):
    list_display = ["record", "clause", "touch", "old_stance", "new_stance", "severity", "direction"]
    list_select_related = ["record", "clause"]
    list_filter = ["touch", "severity"]
    raw_id_fields = ["record", "clause"]


@admin.register(models.ChangeRevision)
class ChangeRevisionAdmin(ReadOnlyAdmin):
    list_display = ["record", "number", "published_at", "published_by"]
    list_select_related = ["record", "published_by"]
    exclude = ["content", "sha256"]
