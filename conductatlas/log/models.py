"""The evidence log as PostgreSQL keeps it. Every table is append-only, for the application and for the owner."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models


class LeafKind(models.TextChoices):
    """What a leaf says was recorded."""

    SNAPSHOT = "snapshot", "Snapshot"
    VERSION = "version", "Version"
    ANALYSIS = "analysis", "Analysis"
    CHANGE = "change", "Change record"
    TAKEDOWN = "takedown", "Takedown"
    ERASURE = "erasure", "Erasure"
    KEY = "key", "Key"


class LogKey(models.Model):
    """A key that signs checkpoints. The first row names the log; each later one carries what its predecessor signed."""

    origin = models.CharField(max_length=60, help_text="Name of the log, the same for all its keys")
    public = models.BinaryField(max_length=32, unique=True, help_text="Ed25519 public key (RFC 8032)")
    since = models.DateTimeField()
    statement = models.TextField(help_text="Signed note naming this key, by itself and by the key before it")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.origin}, key {self.pk}"


class LogLeafQuerySet(models.QuerySet["LogLeaf"]):
    """Leaves as pages and acts want them."""

    def size(self) -> int:
        """Return how many leaves the log has."""
        newest = self.order_by("-index").values_list("index", flat=True).first()
        return 0 if newest is None else newest + 1


class LogLeaf(models.Model):
    """One entry: what was recorded, by its hash, as canonical JSON (RFC 8785)."""

    index = models.BigIntegerField(primary_key=True, help_text="Place in the log, from 0")
    kind = models.CharField(max_length=8, choices=LeafKind)
    subject = models.BigIntegerField(help_text="Primary key of what it is about, in the table of its kind")
    content = models.BinaryField(help_text="Canonical JSON, which the tree is of")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of what it is about, as the content says it")
    hash = models.BinaryField(max_length=32, help_text="SHA-256 of 0x00 and the content (RFC 6962)")

    objects = LogLeafQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "log leaves"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="leaf_is_of_something_once"),
            models.CheckConstraint(name="leaf_has_a_place", condition=models.Q(index__gte=0)),
        ]
        indexes = [models.Index(fields=["sha256"], name="leaf_by_hash")]

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.get_kind_display()}"

    @property
    def value(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        found: dict[str, Any] = json.loads(bytes(self.content))
        return found

    @property
    def recorded_at(self) -> datetime:
        """Return when what it is about says it was recorded."""
        return datetime.fromisoformat(self.value["recorded_at"])


class LogNode(models.Model):
    """The hash of a complete subtree of two leaves or more, which never changes once it is complete."""

    level = models.PositiveSmallIntegerField(help_text="Logarithm of its number of leaves, 1 or more")
    place = models.BigIntegerField(help_text="Place among the subtrees of its level, from 0")
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="subtree_is_kept_once")]

    def __str__(self) -> str:
        return f"subtree {self.place} of level {self.level}"


class Checkpoint(models.Model):
    """A signed root: what the log was at a size. Whoever holds one can tell later whether the log was rewritten."""

    size = models.BigIntegerField(primary_key=True, help_text="Number of leaves")
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="checkpoints")
    note = models.TextField(help_text="Signed note (C2SP tlog-checkpoint) of origin, size, root and time")

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} leaves"
