"""The desk over the law and over analyses: what is published can be looked at, and nothing of it changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from clauses import models
from clauses.acts.publish import publish, review, submit
from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.models.analysis import NUMBERED
from clauses.rubric import RUBRIC_RELEASE, severity_of
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
    """A part of an analysis: open while it is a draft, closed once it was published."""

    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_published(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_published(obj)


class PinInline(PartInline):
    model = models.Pin
    fields = ["ordinal", "heading", "start", "end"]
    readonly_fields = ["ordinal", "heading", "start", "end"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ActionInline(PartInline):
    model = models.Action
    autocomplete_fields = ["rests_on"]


class LawLinkInline(PartInline):
    model = models.LawLink
    autocomplete_fields = ["article"]


class AgencyLinkInline(PartInline):
    model = models.AgencyLink
    autocomplete_fields = ["agency"]


def _is_published(obj: models.Analysis | None) -> bool:
    return obj is not None and obj.state in NUMBERED


@admin.register(models.Analysis)
class AnalysisAdmin(admin.ModelAdmin[models.Analysis]):
    """Drafts are edited here; the actions of the list hand them to review, sign the review and publish."""

    list_display = ["title", "clause", "state", "number", "severity", "drafted_by", "published_at"]
    list_select_related = ["clause", "drafted_by"]
    list_filter = ["state", "severity", "stance"]
    search_fields = ["title"]
    show_full_result_count = False
    raw_id_fields = ["clause", "version"]
    exclude = ["record", "sha256"]
    readonly_fields = [
        "clause", "version", "number", "state", "severity", "rubric", "drafted_by", "drafted_at", "reviewed_by",
        "reviewed_at", "published_at", "retracted_by", "retracted_at", "retraction_reason",
    ]  # fmt: skip
    inlines = [PinInline, ActionInline, LawLinkInline, AgencyLinkInline]
    actions = ["hand_to_review", "sign_review", "publish_reviewed"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Analysis | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Analysis | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_published(obj)

    def save_model(self, request: HttpRequest, obj: models.Analysis, form: Any, change: bool) -> None:
        """Save a draft with the severity that its factors make; edited in review, it is a draft again."""
        obj.severity, obj.rubric = severity_of(obj.points), RUBRIC_RELEASE
        obj.state = models.AnalysisState.DRAFT
        obj.reviewed_by, obj.reviewed_at = None, None
        super().save_model(request, obj, form, change)

    @admin.action(description="Hand to review")
    def hand_to_review(self, request: HttpRequest, queryset: QuerySet[models.Analysis]) -> None:
        self._each(request, queryset, lambda analysis: submit(analysis=analysis))

    @admin.action(description="Sign the review")
    def sign_review(self, request: HttpRequest, queryset: QuerySet[models.Analysis]) -> None:
        user = request.user
        assert user.is_authenticated
        self._each(request, queryset, lambda analysis: review(analysis=analysis, by=user, at=timezone.now()))

    @admin.action(description="Publish")
    def publish_reviewed(self, request: HttpRequest, queryset: QuerySet[models.Analysis]) -> None:
        self._each(request, queryset, lambda analysis: publish(analysis=analysis, at=timezone.now()))

    def _each(self, request: HttpRequest, queryset: QuerySet[models.Analysis], act: Any) -> None:
        for analysis in queryset:
            try:
                act(analysis)
            except IncompleteAnalysis as fault:
                self.message_user(request, f"{analysis.title}: {fault}", messages.ERROR)
            else:
                self.message_user(request, f"{analysis.title}: done.", messages.SUCCESS)
