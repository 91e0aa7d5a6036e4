"""That a document truly became much shorter, said by a curator who saw the text that was refused. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from platforms.models.check import Check
from platforms.models.document import Document


class Shortening(models.Model):
    """A refused text that a curator holds for the whole document, by its length.

    Until a version newer than the check is there, a text is truncated only if it is much shorter than this one.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="shortenings")
    check_refused = models.OneToOneField(
        Check, models.PROTECT, related_name="shortening", help_text="The failed check whose text was looked at"
    )
    words = models.PositiveIntegerField(help_text="Of that text")
    because = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="shortening_says_why", condition=~models.Q(because=""))]

    def __str__(self) -> str:
        return f"{self.words} words: {self.because}"
