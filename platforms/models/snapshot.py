"""Bytes as they were fetched or imported, with where they come from. Append-only."""

from __future__ import annotations

from django.db import models

from platforms.models.collection import Collection
from platforms.models.document import Document
from platforms.models.stored import StoredBytes, StoredText


class Method(models.TextChoices):
    """How the bytes came here."""

    FETCHED = "fetched", "Fetched"
    IMPORTED = "imported", "Imported"
    WRITTEN = "written", "Written for the demonstration"


class ClaimedKind(models.TextChoices):
    """What the source says of a version; kept as given (rule 5)."""

    FIRST = "first", "First"
    CHANGE = "change", "Change"
    TECHNICAL = "technical", "Technical upgrade"
    OTHER = "other", "Other"
    NONE = "", "Nothing"


class Snapshot(models.Model):
    """What came, when, from where. Its body is a stored text, or stored bytes where they are no UTF-8 text."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="snapshots")
    method = models.CharField(max_length=10, choices=Method)
    captured_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    text = models.ForeignKey(StoredText, models.PROTECT, related_name="snapshots", null=True)
    raw = models.ForeignKey(StoredBytes, models.PROTECT, related_name="snapshots", null=True)
    # Fetched
    url = models.CharField(max_length=2000, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    http_headers = models.JSONField(null=True)
    region = models.CharField(max_length=40, blank=True)
    # Imported
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="snapshots", null=True)
    repository = models.CharField(max_length=300, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=600, blank=True)
    claimed_kind = models.CharField(max_length=10, choices=ClaimedKind, blank=True)
    claimed_url = models.CharField(max_length=2000, blank=True, help_text="Where the source says its own capture is")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "repository", "commit", "path"], name="snapshot_is_imported_once"
            ),
            models.CheckConstraint(
                name="snapshot_has_one_body",
                condition=models.Q(text=None, raw__isnull=False) | models.Q(text__isnull=False, raw=None),
            ),
            models.CheckConstraint(
                name="snapshot_has_the_provenance_of_its_method",
                condition=models.Q(method="imported", collection__isnull=False, http_status=None)
                & ~models.Q(repository="") & ~models.Q(commit="") & ~models.Q(path="")
                | models.Q(method="fetched", collection=None) & ~models.Q(url="")
                | models.Q(method="written", collection=None, http_status=None),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["document", "captured_at"], name="snapshot_by_document")]

    def __str__(self) -> str:
        return f"snapshot {self.pk} of {self.captured_at:%Y-%m-%d %H:%M}"

    def body(self) -> bytes:
        """Return the exact bytes (one query)."""
        if self.text is not None:
            return self.text.body.encode()
        assert self.raw is not None  # held so by snapshot_has_one_body
        return bytes(self.raw.body)
