"""Where the capture of a document stands. Operational: made anew from nothing at the price of one early check."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from platforms.models.document import Document

AILING_AFTER = 3
"""Checks that fail in a row before a document is called ailing; it is never called removed (rule 4)."""


class CaptureStateQuerySet(models.QuerySet["CaptureState"]):
    """States as the desk and the status page want them."""

    def ailing(self) -> CaptureStateQuerySet:
        """Keep those whose latest checks failed AILING_AFTER times in a row or more."""
        return self.filter(failures_in_a_row__gte=AILING_AFTER)


class CaptureState(models.Model):
    """One captured document: when it is due, what its server said of the last page, and who is at work on it."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="capture_state", primary_key=True)
    next_check_at = models.DateTimeField(null=True, help_text="Empty: never checked, due at once")
    interval = models.DurationField(default=timedelta(days=1), help_text="Between two checks that succeed")
    failures_in_a_row = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True, help_text="As the server wrote it")
    extractor = models.CharField(max_length=100, blank=True, help_text="Which extraction the latest text agrees with")
    claimed_by = models.CharField(max_length=200, blank=True)
    claimed_until = models.DateTimeField(null=True)

    objects = CaptureStateQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_check_at"], name="capture_state_by_due_time")]
        constraints = [
            models.CheckConstraint(
                name="capture_is_claimed_by_somebody_until_a_time",
                condition=models.Q(claimed_by="", claimed_until=None)
                | ~models.Q(claimed_by="") & models.Q(claimed_until__isnull=False),
            ),
            models.CheckConstraint(name="capture_interval_is_positive", condition=models.Q(interval__gt=timedelta(0))),
        ]

    def __str__(self) -> str:
        return f"capture of document {self.document_id}"

    @property
    def is_ailing(self) -> bool:
        """Tell whether the document's latest checks failed AILING_AFTER times in a row or more."""
        return self.failures_in_a_row >= AILING_AFTER
