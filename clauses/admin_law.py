"""The desk over the law and over analyses: what is published can be looked at, and nothing of it changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clauses import models
from platforms.admin_base import HTTPS_BY_DEFAULT, ReadOnlyAdmin


@admin.register(models.Jurisdiction)
class JurisdictionAdmin(ReadOnlyAdmin):
    list_display = ["code", "name"]


class ArticleInline(admin.TabularInline[models.Article, models.Regulation]):
    formfield_overrides = HTTPS_BY_DEFAULT
    model = models.Article
    fields = ["label", "title", "summary", "url"]
    can_delete = False
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(models.Regulation)
class RegulationAdmin(ReadOnlyAdmin):
    list_display = ["short_name", "jurisdiction", "status", "applies_from", "checked_on"]
    list_select_related = ["jurisdiction"]
    list_filter = ["status", "jurisdiction"]
    inlines = [ArticleInline]


@admin.register(models.Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = ["label", "regulation", "title"]
    list_select_related = ["regulation"]
    search_fields = ["label", "regulation__short_name", "title"]


@admin.register(models.Agency)
class AgencyAdmin(ReadOnlyAdmin):
    list_display = ["name", "jurisdiction", "checked_on"]
    list_select_related = ["jurisdiction"]
    search_fields = ["name"]


@admin.register(models.Explanation)
class ExplanationAdmin(ReadOnlyAdmin):
    list_display = ["type", "severity"]
    list_select_related = ["type"]


@admin.register(models.TypeLaw)
class TypeLawAdmin(ReadOnlyAdmin):
    list_display = ["type", "article", "reason"]
    list_select_related = ["type", "article__regulation"]


class PartInline(admin.TabularInline[Any, models.Analysis]):
    """A part of an analysis, to be looked at: it is written on the page of the desk."""

    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PinInline(PartInline):
    model = models.Pin
    fields = ["ordinal", "heading", "start", "end"]


class ActionInline(PartInline):
    model = models.Action


class LawLinkInline(PartInline):
    model = models.LawLink


class AgencyLinkInline(PartInline):
    model = models.AgencyLink


@admin.register(models.Analysis)
class AnalysisAdmin(admin.ModelAdmin[models.Analysis]):
    """Analyses are looked at here, and drafts thrown away; they are written and reviewed on the pages of the desk."""

    list_display = ["title", "clause", "state", "number", "severity", "drafted_by", "published_at"]
    list_select_related = ["clause", "drafted_by"]
    list_filter = ["state", "severity", "stance"]
    search_fields = ["title"]
    show_full_result_count = False
    list_per_page = 50
    exclude = ["record", "sha256"]
    readonly_fields = ["at_the_desk"]
    inlines = [PinInline, ActionInline, LawLinkInline, AgencyLinkInline]

    @admin.display(description="At the desk")
    def at_the_desk(self, analysis: models.Analysis) -> SafeString:
        if analysis.state == models.AnalysisState.DRAFT:
            return format_html('<a href="{}">Write</a>', reverse("admin:desk:write", args=[analysis.pk]))
        return format_html('<a href="{}">Review</a>', reverse("admin:desk:review", args=[analysis.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Analysis | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Analysis | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.state == models.AnalysisState.DRAFT)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer none: what is deleted in bulk would not be asked whether it is a draft."""
        return {}
