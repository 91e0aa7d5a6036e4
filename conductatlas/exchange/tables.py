"""The tables that can be taken out and in: the columns of each, and what is special about it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from clauses.models import Agency, Article, ClauseType, Explanation, Jurisdiction, Regulation
from conductatlas.exchange.files import Cells
from conductatlas.exchange.rows import Names, RowForm, Slug, cell, field_of
from platforms.models import AliasKind, CaptureState, Document, Operator, Platform, Sector


class SectorForm(RowForm):
    """A trade."""

    name, about = "sectors", "the trades of platforms"
    permissions = ("platforms.add_sector", "platforms.change_sector")

    class Meta:
        model = Sector
        formfield_callback = field_of
        fields = ["slug", "name"]


class OperatorForm(RowForm):
    """A company."""

    name, about = "operators", "the companies that run platforms"
    permissions = ("platforms.add_operator", "platforms.change_operator")

    class Meta:
        model = Operator
        formfield_callback = field_of
        fields = ["slug", "name", "country"]


class PlatformForm(RowForm):
    """A platform with its other names."""

    name, about = "platforms", "what is run, and whose documents are kept"
    permissions = ("platforms.add_platform", "platforms.change_platform")
    joins = ("operator", "sector")
    fixed = {"is_demonstration": "A platform of the demonstration stays one, and no other becomes one."}

    operator = Slug(Operator.objects.all(), of="operators")
    sector = Slug(Sector.objects.all(), of="sectors", required=False)
    aliases = Names(required=False)
    former_names = Names(required=False)

    class Meta:
        model = Platform
        formfield_callback = field_of
        fields = ["slug", "name", "operator", "sector", "homepage", "description"]

    @classmethod
    def rows(cls) -> QuerySet[Platform]:
        """Return the platforms with their other names."""
        return Platform.objects.select_related(*cls.joins).prefetch_related("aliases").order_by("slug")

    @classmethod
    def cells(cls, instance: Platform) -> dict[str, str]:
        """Return a platform as cells, its other names among them."""
        names: dict[str, list[str]] = {kind: [] for kind in AliasKind.values}
        for alias in instance.aliases.all():
            names[alias.kind].append(alias.name)
        return super().cells(instance) | {
            "aliases": cell(sorted(names[AliasKind.ALIAS])),
            "former_names": cell(sorted(names[AliasKind.FORMER_NAME])),
        }

    def made(self, instance: Platform) -> None:
        """Say when it was added."""
        instance.added_at = timezone.now()

    def save(self, commit: bool = True) -> Any:
        """Save the platform, then its other names."""
        platform = super().save(commit)
        getattr(platform, "_prefetched_objects_cache", {}).clear()
        for column, kind in (("aliases", AliasKind.ALIAS), ("former_names", AliasKind.FORMER_NAME)):
            if column in self.data:
                wanted = self.cleaned_data[column]
                platform.aliases.filter(kind=kind).exclude(name__in=wanted).delete()
                for name in wanted:
                    platform.aliases.get_or_create(name=name, defaults={"kind": kind})
        return platform


class DocumentForm(RowForm):
    """A document; its versions come by capture or import and are no part of the table."""

    name, about = "documents", "the texts that are kept; one with an address is captured from then on"
    key = ("platform", "slug")
    permissions = ("platforms.add_document", "platforms.change_document")
    joins = ("platform",)

    platform = Slug(Platform.objects.all(), of="platforms")

    class Meta:
        model = Document
        formfield_callback = field_of
        fields = ["platform", "slug", "title", "kind", "nature", "language", "region", "source_url"]

    def made(self, instance: Document) -> None:
        """Say when it was added."""
        instance.added_at = timezone.now()

    def clean(self) -> dict[str, Any]:
        """Refuse a new document of the demonstration: it is never captured."""
        data = super().clean() or {}
        platform = data.get("platform")
        if self.instance.pk is None and platform is not None and platform.is_demonstration:
            self.add_error("platform", f"“{platform.slug}” is a platform of the demonstration: it takes no documents.")
        return data

    def save(self, commit: bool = True) -> Any:
        """Save the document, and have it captured where it is new and has an address."""
        is_new = self.instance.pk is None
        document = super().save(commit)
        if is_new and document.source_url:
            CaptureState.objects.create(document=document)
        return document


class RegulationForm(RowForm):
    """A law with all that is known of it."""

    name, about = "regulations", "the laws"
    permissions = ("clauses.add_regulation", "clauses.change_regulation")
    joins = ("jurisdiction",)

    jurisdiction = Slug(Jurisdiction.objects.all(), by="code", of="jurisdictions (ISO 3166 codes)")
    other_names = Names(required=False)

    class Meta:
        model = Regulation
        formfield_callback = field_of
        fields = [
            "slug", "name", "short_name", "other_names", "citation", "jurisdiction", "kind", "status", "adopted_on",
            "applies_from", "status_note", "official_url", "summary", "checked_against", "checked_on",
        ]  # fmt: skip


class ArticleForm(RowForm):
    """A provision of a law."""

    name, about = "articles", "the provisions of the laws"
    key = ("regulation", "slug")
    permissions = ("clauses.add_article", "clauses.change_article")
    joins = ("regulation",)

    regulation = Slug(Regulation.objects.all(), of="regulations")

    class Meta:
        model = Article
        formfield_callback = field_of
        fields = ["regulation", "slug", "label", "title", "summary", "url", "position"]

    @classmethod
    def rows(cls) -> QuerySet[Article]:
        """Return the articles, law by law."""
        return Article.objects.select_related("regulation").order_by("regulation__slug", "position", "slug")


class AgencyForm(RowForm):
    """A body that enforces laws."""

    name, about = "agencies", "the bodies that enforce the laws"
    permissions = ("clauses.add_agency", "clauses.change_agency")
    joins = ("jurisdiction",)

    jurisdiction = Slug(Jurisdiction.objects.all(), by="code", of="jurisdictions (ISO 3166 codes)")

    class Meta:
        model = Agency
        formfield_callback = field_of
        fields = [
            "slug", "name", "short_name", "jurisdiction", "description", "complaint", "url", "complaint_url",
            "checked_against", "checked_on",
        ]  # fmt: skip


_BY_THE_TAXONOMY = "The taxonomy defines this: it is changed there, with a new release."


class TypeForm(RowForm):
    """A type with its explanation: the definition is the taxonomy's, the explanation is the curators'."""

    name, about = "types", "the kinds of clause, with their general explanations"
    key = ("slug",)
    permissions = ("clauses.change_explanation",)
    fixed = dict.fromkeys(("slug", "name", "category", "is_when", "is_not", "kinds", "severity"), _BY_THE_TAXONOMY)

    class Meta:
        model = Explanation
        formfield_callback = field_of
        fields = ["does", "matters", "look_for", "can_do", "because"]

    @classmethod
    def columns(cls) -> list[str]:
        """Return the definition before the explanation."""
        return [*cls.fixed, *cls.base_fields]

    @classmethod
    def rows(cls) -> QuerySet[Explanation]:
        """Return the explanations in the order of the taxonomy."""
        return Explanation.objects.select_related("type__category").order_by("type__position")

    @classmethod
    def wanted(cls, cells: Cells) -> dict[str, str]:
        """Return the filter that finds the explanation of a type."""
        return {"type__slug": cells.get("slug", "").strip()}

    @classmethod
    def cells(cls, instance: Explanation) -> dict[str, str]:
        """Return a type and its explanation as cells."""
        kind: ClauseType = instance.type
        return {
            "slug": kind.slug,
            "name": kind.name,
            "category": kind.category.slug,
            "is_when": kind.is_when,
            "is_not": kind.is_not,
            "kinds": cell(kind.kind_groups),
            "severity": instance.severity,
            **{name: getattr(instance, name) for name in cls.base_fields},
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a type that the taxonomy does not have."""
        if self.instance.pk is None:
            raise ValidationError("There is no such type; a type is added to the taxonomy, not here.")
        return super().clean() or {}
