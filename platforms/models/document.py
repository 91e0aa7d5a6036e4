"""One governing text of a platform."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse

from platforms.models.collection import Collection
from platforms.models.platform import Platform


class KindGroup(models.TextChoices):
    """Kinds that a reader looks in for the same types of clause."""

    TERMS = "terms", "Terms"
    PRIVACY = "privacy", "Privacy"
    COOKIES = "cookies", "Cookies"
    ACCEPTABLE_USE = "acceptable-use", "Acceptable use"
    AI_TERMS = "ai-terms", "AI terms"
    COMMERCIAL_TERMS = "commercial-terms", "Commercial terms"
    OTHER = "other", "Other"


class DocumentKind(models.TextChoices):
    """What a document is, told by its name at import and corrected by curators."""

    TERMS_OF_SERVICE = "terms-of-service", "Terms of service"
    PRIVACY_POLICY = "privacy-policy", "Privacy policy"
    COOKIE_POLICY = "cookie-policy", "Cookie policy"
    ACCEPTABLE_USE_POLICY = "acceptable-use-policy", "Acceptable use policy"
    COMMUNITY_GUIDELINES = "community-guidelines", "Community guidelines"
    AI_TERMS = "ai-terms", "AI terms"
    COPYRIGHT_POLICY = "copyright-policy", "Copyright policy"
    COMMERCIAL_TERMS = "commercial-terms", "Commercial terms"
    DEVELOPER_TERMS = "developer-terms", "Developer terms"
    DATA_PROCESSING_AGREEMENT = "data-processing-agreement", "Data processing agreement"
    ADVERTISING_POLICY = "advertising-policy", "Advertising policy"
    CONTENT_POLICY = "content-policy", "Content policy"
    CONSENT_POLICY = "consent-policy", "Consent policy"
    LAW_ENFORCEMENT_GUIDELINES = "law-enforcement-guidelines", "Law enforcement guidelines"
    SECURITY_POLICY = "security-policy", "Security policy"
    SERVICE_LEVEL_AGREEMENT = "service-level-agreement", "Service level agreement"
    CORPORATE_STATEMENT = "corporate-statement", "Corporate statement"
    OTHER = "other", "Other document"

    @property
    def group(self) -> KindGroup:
        """Return the group in which the taxonomy looks for clause types."""
        return GROUP_OF_KIND.get(self, KindGroup.OTHER)


GROUP_OF_KIND = {
    DocumentKind.TERMS_OF_SERVICE: KindGroup.TERMS,
    DocumentKind.PRIVACY_POLICY: KindGroup.PRIVACY,
    DocumentKind.COOKIE_POLICY: KindGroup.COOKIES,
    DocumentKind.ACCEPTABLE_USE_POLICY: KindGroup.ACCEPTABLE_USE,
    DocumentKind.COMMUNITY_GUIDELINES: KindGroup.ACCEPTABLE_USE,
    DocumentKind.AI_TERMS: KindGroup.AI_TERMS,
    DocumentKind.COMMERCIAL_TERMS: KindGroup.COMMERCIAL_TERMS,
    DocumentKind.DEVELOPER_TERMS: KindGroup.COMMERCIAL_TERMS,
    DocumentKind.DATA_PROCESSING_AGREEMENT: KindGroup.COMMERCIAL_TERMS,
}


class Nature(models.TextChoices):
    """What a document does: a citation of an agreement is not one of a notice."""

    AGREEMENT = "agreement", "Agreement"
    NOTICE = "notice", "Notice"
    POLICY = "policy", "Policy"
    DISCLOSURE = "disclosure", "Disclosure"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents as pages and acts want them."""

    def with_counts(self) -> DocumentQuerySet:
        """Annotate each with how many versions it has and when the first and the latest were captured."""
        return self.annotate(
            version_count=models.Count("versions", distinct=True),
            first_captured_at=models.Min("versions__captured_at"),
            latest_captured_at=models.Max("versions__captured_at"),
        )

    def captured(self) -> DocumentQuerySet:
        """Keep documents that are fetched here: with an address, not retired, and not invented."""
        return self.exclude(source_url="").filter(retired_at=None, platform__is_demonstration=False)

    def due(self, at: datetime) -> DocumentQuerySet:
        """Keep captured documents whose next check is not after `at`, the longest due first, new ones before all."""
        state = models.F("capture_state__next_check_at")
        waiting = models.Q(capture_state__next_check_at=None) | models.Q(capture_state__next_check_at__lte=at)
        return self.captured().filter(waiting).order_by(state.asc(nulls_first=True), "pk")

    def unclassed(self, release: str) -> DocumentQuerySet:
        """Keep documents with a version that the classifier release has not classed."""
        from platforms.models.version import Version

        waiting = Version.objects.filter(document=models.OuterRef("pk")).exclude(version_class__release=release)
        return self.filter(models.Exists(waiting))


class Document(models.Model):
    """An enduring text, cited as CA-D-00490. Ends only when a curator retires it, with evidence."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="documents")
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, choices=DocumentKind)
    nature = models.CharField(max_length=20, choices=Nature)
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47; empty when not known")
    region = models.CharField(max_length=40, blank=True, help_text="For whom, if it says so")
    source_url = models.URLField(max_length=1000, blank=True)
    collection = models.ForeignKey(
        Collection, models.PROTECT, related_name="documents", null=True, blank=True,
        help_text="Where its versions are imported from; empty for documents that are captured here",
    )  # fmt: skip
    source_name = models.CharField(max_length=300, blank=True, help_text="Its path in the collection")
    latest_version = models.ForeignKey(
        "Version", models.SET_NULL, related_name="+", null=True, blank=True, editable=False,
        help_text="The latest good version; derived, kept by the act that classes versions",
    )  # fmt: skip
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["platform", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "slug"], name="document_slug_is_unique_in_its_platform"),
            models.UniqueConstraint(fields=["collection", "source_name"], name="document_is_imported_from_one_path"),
            models.CheckConstraint(
                name="document_slug_is_lower_case_words_and_not_a_page",
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$") & ~models.Q(slug__in=["timeline"]),
            ),
            models.CheckConstraint(
                name="document_is_retired_with_a_reason_and_a_time",
                condition=models.Q(retired_at=None, retired_because="")
                | models.Q(retired_at__isnull=False) & ~models.Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.platform_id}"

    def get_absolute_url(self) -> str:
        """Return the address of the document's page (needs the platform)."""
        return reverse("document", args=[self.platform.slug, self.slug])

    @property
    def full_title(self) -> str:
        """Return the title with the platform's name, once: some titles begin with it (needs platform)."""
        name = self.platform.name
        return self.title if name.casefold() in self.title.casefold() else f"{self.title} of {name}"

    @property
    def record_id(self) -> str:
        """Return the permanent name, such as CA-D-00490."""
        return f"CA-D-{self.pk:05d}"

    @property
    def kind_group(self) -> KindGroup:
        """Return the group of its kind."""
        return DocumentKind(self.kind).group
