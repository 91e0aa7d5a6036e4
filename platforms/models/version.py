"""The text of a document as extracted from a snapshot, which a later extractor may read again. Append-only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from platforms.models.check import Check, Outcome
from platforms.models.document import Document
from platforms.models.snapshot import Method, Snapshot
from platforms.models.stored import StoredText

_NEVER = datetime.max.replace(tzinfo=UTC)


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions as pages and acts want them; none of these loads a text."""

    def in_order(self) -> VersionQuerySet:
        """Order by capture time, then source order."""
        return self.order_by("captured_at", "source_order", "number")

    def latest_first(self) -> VersionQuerySet:
        """Order from the latest back."""
        return self.order_by("-captured_at", "-source_order", "-number")

    def good(self) -> VersionQuerySet:
        """Keep versions that may be read, compared and counted: classed, not suspect, not taken down."""
        return self.filter(version_class__is_good=True, takedowns=None)

    def fetched(self) -> VersionQuerySet:
        """Keep versions whose page was fetched here."""
        return self.filter(snapshot__method=Method.FETCHED)

    def changing_terms(self) -> VersionQuerySet:
        """Keep versions that have other words than the good one before them, or went back to earlier ones for good."""
        return self.filter(version_class__kind__in=["substantive", "reverted"])

    def as_of(self, day: date) -> VersionQuerySet:
        """Keep versions captured by the end of a day in UTC, the latest first."""
        end = datetime.combine(day, time(), UTC) + timedelta(days=1)
        return self.filter(captured_at__lt=end).latest_first()

    def with_latest_check(self) -> VersionQuerySet:
        """Annotate each with `latest_check_at`: when a visit last found the page as in this version.

        That is the last unchanged visit before the next capture, a suspect one included. Of imported texts visits
        tell nothing: they compare with what was fetched here.
        """
        own = models.OuterRef
        later = Version.objects.filter(document=own("document"), captured_at__gt=own("captured_at"))
        ended = models.Subquery(later.order_by("captured_at").values("captured_at")[:1])
        checks = Check.objects.filter(
            document=own("document"),
            outcome=Outcome.UNCHANGED,
            checked_at__gte=own("captured_at"),
            checked_at__lt=Coalesce(own("next_captured_at"), _NEVER),
        )
        latest = models.Subquery(checks.order_by("-checked_at").values("checked_at")[:1])
        imported = models.When(snapshot__method=Method.IMPORTED, then=None)
        return self.annotate(next_captured_at=ended).annotate(
            latest_check_at=models.Case(imported, default=latest, output_field=models.DateTimeField(null=True))
        )

    def before(self, version: Version) -> VersionQuerySet:
        """Keep versions of the same document that come before this one."""
        return self._beside(version, "lt").latest_first()

    def after(self, version: Version) -> VersionQuerySet:
        """Keep versions of the same document that come after this one."""
        return self._beside(version, "gt").in_order()

    def _beside(self, version: Version, side: str) -> VersionQuerySet:
        captured, order = f"captured_at__{side}", f"source_order__{side}"
        return self.filter(document_id=version.document_id).filter(
            models.Q(**{captured: version.captured_at})
            | models.Q(captured_at=version.captured_at) & models.Q(**{order: version.source_order})
        )


class Version(models.Model):
    """A text in a document's history. Its number is its order of arrival and never changes."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # Found by the index of version_is_extracted_once_by_a_release.
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="versions", db_index=False)
    captured_at = models.DateTimeField(help_text="That of the snapshot, repeated for ordering")
    source_order = models.PositiveIntegerField(default=0, help_text="Place in the source, for equal times")
    text = models.ForeignKey(StoredText, models.PROTECT, related_name="versions", null=True)
    extractor = models.CharField(max_length=100, help_text="Release of the extractor, as far as it is known")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_is_unique_in_its_document"),
            models.UniqueConstraint(fields=["snapshot", "extractor"], name="version_is_extracted_once_by_a_release"),
            models.CheckConstraint(name="version_number_is_positive", condition=models.Q(number__gte=1)),
        ]
        indexes = [
            models.Index(fields=["document", "captured_at", "source_order", "number"], name="version_in_order"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of the version's page (needs document and platform)."""
        return reverse("version", args=[self.document.platform.slug, self.document.slug, self.number])

    @property
    def body(self) -> str:
        """Return the text itself (needs text), empty where the bytes hold none."""
        return self.text.body if self.text is not None else ""

    @property
    def record_id(self) -> str:
        """Return the name by which this version is cited, such as CA-D-00490/v3."""
        return f"CA-D-{self.document_id:05d}/v{self.number}"
