"""One visit to a document. Append-only."""

from __future__ import annotations

from django.db import models

from platforms.models.document import Document
from platforms.models.snapshot import Snapshot


class Outcome(models.TextChoices):
    """What a visit found."""

    UNCHANGED = "unchanged", "Unchanged"
    CHANGED = "changed", "Changed"
    FAILED = "failed", "Failed"


class FailureReason(models.TextChoices):
    """Why a visit gave no text that counts; a failed visit is never a removal (rule 4)."""

    NONE = "", "None"
    HTTP_ERROR = "http_error", "The server answered with an error"
    UNREACHABLE = "unreachable", "The server could not be reached"
    LOG_IN_WALL = "log_in_wall", "A log-in page came instead"
    PAGE_SHELL = "page_shell", "A page without its text came"
    NEAR_EMPTY = "near_empty", "Almost no text came"
    NOT_A_POLICY = "not_a_policy", "Another page came"


class Check(models.Model):
    """A visit, with hash and size even where the bytes are not kept."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=20, choices=FailureReason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    sha256 = models.BinaryField(max_length=32, null=True)
    size = models.PositiveIntegerField(null=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="checks", null=True)

    class Meta:
        indexes = [models.Index(fields=["document", "-checked_at"], name="check_by_document")]
        constraints = [
            models.CheckConstraint(
                name="check_has_a_reason_just_when_it_failed",
                condition=models.Q(outcome="failed") & ~models.Q(reason="")
                | ~models.Q(outcome="failed") & models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.checked_at:%Y-%m-%d %H:%M}"
