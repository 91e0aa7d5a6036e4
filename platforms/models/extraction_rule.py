"""What a curator declares about the page of a document: which parts are the text. Append-only."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from platforms.models.document import Document


class ExtractionRuleQuerySet(models.QuerySet["ExtractionRule"]):
    """Rules as the capture act wants them."""

    def in_force(self, *, document_id: int, at: datetime) -> ExtractionRule | None:
        """Return the rule of a document that holds at a time: the newest that had begun by then, or None."""
        return self.filter(document=document_id, since_at__lte=at).order_by("-since_at", "-pk").first()


class ExtractionRule(models.Model):
    """Selectors of what is kept and what is left out, from a time on; a later row replaces it, nothing changes it.

    A rule without selectors gives the page back to the automatic extraction.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="extraction_rules")
    select = ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text="CSS selectors to keep")
    remove = ArrayField(models.CharField(max_length=300), default=list, blank=True, help_text="CSS selectors to drop")
    since_at = models.DateTimeField(help_text="From when it holds")
    note = models.CharField(max_length=500, blank=True, help_text="Why")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ExtractionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-since_at", "-pk"]
        indexes = [models.Index(fields=["document", "-since_at"], name="extraction_rule_by_document")]

    def __str__(self) -> str:
        return f"rule since {self.since_at:%Y-%m-%d %H:%M}"
