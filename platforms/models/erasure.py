"""A lawful erasure: the words are destroyed; hash, length, ground and reason stay. Append-only, by the owner alone."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from platforms.models.version import Version


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Erasures as pages want them."""

    def of_version(self, version_id: int) -> ErasureQuerySet:
        """Keep those that destroyed the text or the bytes of a version."""
        return self.filter(
            models.Q(storedtext__versions=version_id)
            | models.Q(storedtext__snapshots__versions=version_id)
            | models.Q(storedbytes__snapshots__versions=version_id)
        ).distinct()


class Erasure(models.Model):
    """What two persons had destroyed, on which legal ground. The record lists each hash and length, and no person."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="+", help_text="The version that was ordered")
    ground = models.CharField(max_length=300, help_text="The law or the order, as readers see it")
    reason = models.TextField(help_text="Why, as readers see it")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    erased_at = models.DateTimeField()
    content = models.BinaryField(help_text="Canonical JSON (RFC 8785)")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the content")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        permissions = [("erase_evidence", "Can order or confirm a lawful erasure")]
        constraints = [
            models.CheckConstraint(
                name="erasure_is_ordered_by_two_persons", condition=~models.Q(ordered_by=models.F("confirmed_by"))
            ),
            models.CheckConstraint(
                name="erasure_gives_ground_and_reason", condition=~models.Q(ground="") & ~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"erasure of version {self.version_id}"

    @property
    def value(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        found: dict[str, Any] = json.loads(bytes(self.content))
        return found
