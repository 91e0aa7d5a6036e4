"""The desk over documents: how their capture goes, checking one now, and which parts of its page are the text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from platforms import models
from platforms.acts.reschedule import check_now
from platforms.admin_base import HTTPS_BY_DEFAULT, ReadOnlyAdmin


class SelectorsField(forms.CharField):
    """CSS selectors, one a line: a selector may hold a comma."""

    widget = forms.Textarea(attrs={"rows": 2, "cols": 40})

    def prepare_value(self, value: Any) -> Any:
        """Return the lines of a list."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the list of the lines. Raises ValidationError for one that is too long."""
        selectors = [part for line in super().clean(value).split("\n") if (part := line.strip())]
        if any(len(selector) > 300 for selector in selectors):
            raise forms.ValidationError("A selector has at most 300 characters.")
        return selectors


class RuleForm(forms.ModelForm[models.ExtractionRule]):
    select = SelectorsField(required=False, help_text="What is the text, one CSS selector a line; none: it is found")
    remove = SelectorsField(required=False, help_text="What of that is left out")

    class Meta:
        model = models.ExtractionRule
        fields = ["select", "remove", "note"]

    def has_changed(self) -> bool:
        """An empty form is a rule too when it says why: the page goes back to automatic extraction."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)


class RuleInline(admin.TabularInline[models.ExtractionRule, models.Document]):
    """Rules are evidence of how a text was taken: a new one replaces an old one, and none is changed."""

    model = models.ExtractionRule
    form = RuleForm
    extra = 1
    max_num = 1
    verbose_name_plural = "a new rule for its page, from now on"
    ordering = ["-since_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.ExtractionRule]:
        return super().get_queryset(request).none()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AilingFilter(admin.SimpleListFilter):
    title = "capture"
    parameter_name = "capture"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("captured", "Captured"), ("ailing", "Ailing"), ("not", "Not captured")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        captured = models.Document.objects.captured().values("pk")
        if self.value() == "captured":
            return queryset.filter(pk__in=captured)
        if self.value() == "not":
            return queryset.exclude(pk__in=captured)
        if self.value() == "ailing":
            return queryset.filter(capture_state__in=models.CaptureState.objects.ailing())
        return queryset


@admin.register(models.Document)
class DocumentAdmin(admin.ModelAdmin[models.Document]):
    formfield_overrides = HTTPS_BY_DEFAULT
    list_display = ["title", "platform", "kind", "language", "collection", "retired_at", "next_check", "ailing"]
    list_select_related = ["platform", "collection", "capture_state"]
    list_filter = [AilingFilter, "kind", "nature", "language"]
    search_fields = ["title", "platform__name"]
    autocomplete_fields = ["platform"]
    readonly_fields = ["collection", "source_name", "latest_version", "added_at", "next_check", "ailing", "rule"]
    actions = ["check_now"]
    inlines = [RuleInline]

    @admin.display(description="next check", ordering="capture_state__next_check_at")
    def next_check(self, obj: models.Document) -> Any:
        state = getattr(obj, "capture_state", None)
        return state.next_check_at if state is not None else None

    @admin.display(description="ailing")
    def ailing(self, obj: models.Document) -> str:
        state = getattr(obj, "capture_state", None)
        failures = state.failures_in_a_row if state is not None and state.is_ailing else 0
        return f"{failures} failed checks in a row" if failures else ""

    @admin.display(description="rule in force")
    def rule(self, obj: models.Document) -> str:
        rule = models.ExtractionRule.objects.in_force(document_id=obj.pk, at=timezone.now()) if obj.pk else None
        if rule is None:
            return "None: the main text of its page is found."
        kept = " | ".join(rule.select) or "the main text, found"
        dropped = f", without {' | '.join(rule.remove)}" if rule.remove else ""
        return f"{kept}{dropped}; since {rule.since_at:%Y-%m-%d %H:%M} UTC. {rule.note}".strip()

    @admin.action(description="Check now", permissions=["change"])
    def check_now(self, request: HttpRequest, queryset: QuerySet[models.Document]) -> None:
        asked = list(queryset.values_list("pk", flat=True))
        due = check_now(documents=asked, at=timezone.now())
        left = f" {len(asked) - due} of those chosen are not captured." if due < len(asked) else ""
        level = messages.SUCCESS if due else messages.WARNING
        self.message_user(request, f"{due} documents are due now; the next worker or refresh visits them.{left}", level)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        document = super().save_form(request, form, change)
        if not change:
            document.added_at = timezone.now()
        return document

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for rule in formset.save(commit=False):
            rule.since_at = timezone.now()
            rule.set_by = request.user
            rule.save()


@admin.register(models.ExtractionRule)
class ExtractionRuleAdmin(ReadOnlyAdmin):
    list_display = ["document", "since_at", "set_by", "note"]
    list_select_related = ["document", "set_by"]


@admin.register(models.CaptureState)
class CaptureStateAdmin(ReadOnlyAdmin):
    list_display = ["document", "next_check_at", "interval", "failures_in_a_row", "claimed_by"]
    list_select_related = ["document"]


@admin.register(models.HostTurn)
class HostTurnAdmin(ReadOnlyAdmin):
    list_display = ["host", "asked_at"]
