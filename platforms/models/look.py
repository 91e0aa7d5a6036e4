"""A curator's look at a version of which the machine cannot tell what it changes (rule 5). Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from platforms.models.version import Version


class Finding(models.TextChoices):
    """What a curator found."""

    EXTRACTOR = "extractor", "The extractor alone"
    TERMS = "terms", "The terms changed too"


class Look(models.Model):
    """One look at a technical version that has other words than the one before it."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="look")
    finding = models.CharField(max_length=10, choices=Finding)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="look_says_why", condition=~models.Q(because=""))]

    def __str__(self) -> str:
        return f"{self.get_finding_display()}: {self.because}"
