"""Evidence that is hidden, behind a public tombstone. Hashes stay."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from platforms.models.version import Version


class TakedownGround(models.TextChoices):
    """Why evidence is hidden, and so which status its pages answer with."""

    WITHDRAWN = "withdrawn", "Withdrawn"
    LEGAL_DEMAND = "legal_demand", "Legal demand"


class Takedown(models.Model):
    """Hides a version's text and bytes: 410, or 451 for a legal demand (RFC 7725)."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="takedowns")
    ground = models.CharField(max_length=20, choices=TakedownGround)
    public_reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version"], name="version_is_taken_down_once"),
            models.CheckConstraint(name="takedown_gives_a_public_reason", condition=~models.Q(public_reason="")),
        ]

    def __str__(self) -> str:
        return f"takedown of version {self.version_id}"

    @property
    def http_status(self) -> int:
        """Return the status that hidden pages answer with."""
        return 451 if self.ground == TakedownGround.LEGAL_DEMAND else 410
