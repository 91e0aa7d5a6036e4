"""A version as it was recorded, by value: what a permanent address of a version renders. Append-only (rule 10)."""

from __future__ import annotations

from django.db import models

from platforms.models.version import Version


class VersionRecord(models.Model):
    """Canonical JSON (RFC 8785) of a version with the names of the day, whose hash anybody can recompute."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="record", primary_key=True)
    content = models.BinaryField(help_text="Canonical JSON as recorded (RFC 8785)")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the content")

    def __str__(self) -> str:
        return f"record of version {self.version_id}"
