"""The desk over operators, platforms and documents; evidence can be looked at and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from platforms import admin_documents, models  # noqa: F401 - the first registers what has to do with documents
from platforms.admin_base import HTTPS_BY_DEFAULT, ReadOnlyAdmin


@admin.register(models.Operator)
class OperatorAdmin(admin.ModelAdmin[models.Operator]):
    list_display = ["name", "slug", "country"]
    search_fields = ["name", "slug"]


@admin.register(models.Sector)
class SectorAdmin(admin.ModelAdmin[models.Sector]):
    list_display = ["name", "slug"]


class AliasInline(admin.TabularInline[models.PlatformAlias, models.Platform]):
    model = models.PlatformAlias
    extra = 0


@admin.register(models.Platform)
class PlatformAdmin(admin.ModelAdmin[models.Platform]):
    formfield_overrides = HTTPS_BY_DEFAULT
    list_display = ["name", "operator", "sector", "is_demonstration"]
    list_select_related = ["operator", "sector"]
    list_filter = ["sector", "is_demonstration"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["operator"]
    inlines = [AliasInline]


@admin.register(models.Takedown)
class TakedownAdmin(admin.ModelAdmin[models.Takedown]):
    list_display = ["version", "ground", "decided_at", "decided_by"]
    list_select_related = ["version__document__platform", "decided_by"]
    raw_id_fields = ["version"]


@admin.register(models.Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["version", "ground", "erased_at", "ordered_by", "confirmed_by"]
    list_select_related = ["version__document__platform", "ordered_by", "confirmed_by"]
    exclude = ["content", "sha256"]


@admin.register(models.Collection)
class CollectionAdmin(ReadOnlyAdmin):
    list_display = ["name", "licence", "attribution", "added_at"]


@admin.register(models.StoredText, models.StoredBytes)
class StoredAdmin(ReadOnlyAdmin):
    """Bodies stay out of lists and forms: they have their own addresses."""

    list_display = ["pk", "hash", "size"]
    fields = ["hash", "size"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("body")

    @admin.display(description="SHA-256")
    def hash(self, obj: models.StoredText | models.StoredBytes) -> str:
        return bytes(obj.sha256).hex()


@admin.register(models.TextProfile)
class TextProfileAdmin(ReadOnlyAdmin):
    list_display = ["text_id", "words", "fault", "release"]
    list_filter = ["fault"]
    fields = ["text_id", "words", "fault", "release"]


@admin.register(models.Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ["pk", "document", "method", "captured_at", "size", "claimed_kind"]
    list_select_related = ["document"]
    list_filter = ["method", "claimed_kind"]
    exclude = ["text", "raw", "sha256"]


@admin.register(models.Check)
class CheckAdmin(ReadOnlyAdmin):
    list_display = ["document", "checked_at", "outcome", "reason"]
    list_select_related = ["document"]
    list_filter = ["outcome", "reason"]
    exclude = ["sha256"]


@admin.register(models.Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["document", "number", "captured_at", "extractor"]
    list_select_related = ["document"]
    exclude = ["text"]


@admin.register(models.VersionRecord)
class VersionRecordAdmin(ReadOnlyAdmin):
    list_display = ["version"]
    list_select_related = ["version"]
    exclude = ["content", "sha256"]


@admin.register(models.VersionClass)
class VersionClassAdmin(ReadOnlyAdmin):
    list_display = ["version_id", "kind", "is_good", "fault", "changes_words", "release"]
    list_filter = ["kind", "changes_words", "is_good", "fault"]  # technical and changing words: the queue of rule 5
    raw_id_fields = ["version", "compared_with", "returns_to"]


@admin.register(models.Verification)
class VerificationAdmin(ReadOnlyAdmin):
    list_display = ["finished_at", "texts", "snapshots", "versions", "passages", "faults"]


@admin.register(models.IssuedSlug)
class IssuedSlugAdmin(ReadOnlyAdmin):
    list_display = ["scope", "slug", "holder_id", "issued_at"]
    search_fields = ["slug"]


@admin.register(models.Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ["version", "finding", "because", "by", "at"]
    list_select_related = ["version__document__platform", "by"]


@admin.register(models.Shortening)
class ShorteningAdmin(ReadOnlyAdmin):
    list_display = ["document", "words", "because", "by", "at"]
    list_select_related = ["document", "by"]
