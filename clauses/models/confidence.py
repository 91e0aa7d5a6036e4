"""How sure a reader is, in words."""

from __future__ import annotations

from django.db import models

HIGH_FROM = 0.8
MEDIUM_FROM = 0.6


class Confidence(models.TextChoices):
    """Thresholds on the reader's score; the methodology page prints them."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"

    @classmethod
    def of(cls, score: float) -> Confidence:
        """Return the word for a score from 0 to 1."""
        return cls.HIGH if score >= HIGH_FROM else cls.MEDIUM if score >= MEDIUM_FROM else cls.LOW
