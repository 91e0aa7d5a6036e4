"""Bytes and texts, each kept once and named by its own hash. Append-only; never loaded by a list.

Two CHECK constraints made in the migration let PostgreSQL itself refuse a body that has not the hash and the
sizes it claims: `text_has_the_hash_and_sizes_it_claims`, `bytes_have_the_hash_and_size_they_claim`.
"""

from __future__ import annotations

from django.db import models


class StoredTextQuerySet(models.QuerySet["StoredText"]):
    """Texts by the name that a record has for them."""

    def body_of(self, sha256: str) -> str:
        """Return the text of a hash in hexadecimal. Raises StoredText.DoesNotExist."""
        return self.values_list("body", flat=True).get(sha256=bytes.fromhex(sha256))


class StoredText(models.Model):
    """A text as PostgreSQL text, so that the database itself can check hashes and quotations."""

    sha256 = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the UTF-8 of the body")
    size = models.PositiveIntegerField(help_text="Bytes of UTF-8")
    length = models.PositiveIntegerField(help_text="Code points")
    body = models.TextField()
    erasure = models.ForeignKey(
        "Erasure", models.PROTECT, null=True, help_text="What destroyed the body, if it is gone"
    )

    objects = StoredTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"text {bytes(self.sha256).hex()}"


class StoredBytes(models.Model):
    """Bytes that are not the UTF-8 of a stored text: pages as fetched, and texts that are no valid UTF-8."""

    sha256 = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the body")
    size = models.PositiveIntegerField(help_text="Bytes")
    body = models.BinaryField()
    erasure = models.ForeignKey(
        "Erasure", models.PROTECT, null=True, help_text="What destroyed the body, if it is gone"
    )

    class Meta:
        verbose_name_plural = "stored bytes"

    def __str__(self) -> str:
        return f"bytes {bytes(self.sha256).hex()}"
