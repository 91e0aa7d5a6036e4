"""One run that recomputed every hash from the stored bodies. "Verified" on a page means one of these (rule 2)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Runs as pages and acts want them."""

    def finished(self) -> VerificationQuerySet:
        """Keep runs that went through, the latest first."""
        return self.exclude(finished_at=None).order_by("-finished_at")

    def latest_sound(self) -> Verification | None:
        """Return the latest run that found nothing wrong."""
        return self.finished().filter(faults=0).first()

    def under_way(self, since: datetime) -> Verification | None:
        """Return the run that was begun since then and stopped before its end."""
        return self.filter(finished_at=None, started_at__gte=since).order_by("-started_at").first()


class Verification(models.Model):
    """What was recomputed, when, and how much of it did not hold. Its parts are kept until it has gone through."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    texts = models.PositiveIntegerField(default=0)
    snapshots = models.PositiveIntegerField(default=0)
    versions = models.PositiveIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0, help_text="Records stored by value")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes hashed")
    faults = models.PositiveIntegerField(default=0)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.faults} faults" + ("" if self.finished_at else ", under way")


class VerifiedPart(models.Model):
    """A part of a run: rows of one kind, by the ids of the first and the last, and what came of them."""

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of bodies, as planned")
    counts = models.JSONField(null=True, help_text="What was recomputed; empty until it was")
    faults = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verification", "kind", "first"], name="part_is_verified_once_in_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} to {self.last}"
