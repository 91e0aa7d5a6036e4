"""One run that recomputed every hash from the stored bodies. "Verified" on a page means one of these (rule 2)."""

from __future__ import annotations

from django.db import models


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Runs as pages want them."""

    def latest_sound(self) -> Verification | None:
        """Return the latest run that found nothing wrong."""
        return self.filter(faults=0).order_by("-finished_at").first()


class Verification(models.Model):
    """What was recomputed, when, and how much of it did not hold."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    texts = models.PositiveIntegerField()
    snapshots = models.PositiveIntegerField()
    versions = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(help_text="Bytes hashed")
    faults = models.PositiveIntegerField()

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-finished_at"]

    def __str__(self) -> str:
        return f"{self.finished_at:%Y-%m-%d %H:%M}: {self.faults} faults"
