"""A change record as it was published, by value. Append-only (rule 10)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from changes.models.change_record import ChangeRecord
from platforms.models import Erasure


class ChangeRevision(models.Model):
    """One numbered revision: canonical JSON (RFC 8785) whose hash anybody can recompute."""

    record = models.ForeignKey(ChangeRecord, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.BinaryField(help_text="Canonical JSON as published (RFC 8785)")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the content")
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, related_name="+", null=True, help_text="What destroyed the content, if it is gone"
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        help_text="Nobody where the machine drafted it",
    )

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="change_revision_has_its_number_once"),
            models.CheckConstraint(name="change_revision_number_is_positive", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of change {self.record_id}"
