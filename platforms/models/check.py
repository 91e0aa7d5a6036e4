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
    """Why a visit gave no text that counts; a failed visit is never a removal (rule 4).

    The failures of platforms.fetching, the refusals of platforms.text.gate and the faults of the extraction, each by
    the value it has there (a test holds them to each other).
    """

    NONE = "", "None"
    # No page came
    HTTP_ERROR = "http_error", "The server answered with an error"
    UNREACHABLE = "unreachable", "The server could not be reached"
    TIMED_OUT = "timed_out", "The server took too long"
    TOO_SLOW = "too_slow", "The page did not come to an end in time"
    TLS = "tls", "No trustworthy connection could be made"
    DNS = "dns", "The name of the server is not known"
    BLOCKED_BY_ROBOTS = "blocked_by_robots", "The site asks robots to stay away"
    PRIVATE_ADDRESS = "private_address", "The address leads into a private network"
    TOO_MANY_REDIRECTS = "too_many_redirects", "The server sends on and on"
    BAD_REDIRECT = "bad_redirect", "The server sends to an address that is none"
    TOO_LARGE = "too_large", "More came than is taken"
    BAD_ENCODING = "bad_encoding", "The answer could not be decompressed"
    NOT_SUPPORTED = "not_supported", "A kind of file came that is not read"
    BAD_ADDRESS = "bad_address", "The address is none that can be fetched"
    # A page came, and no text could be taken from it
    SELECTORS_MISS = "selectors_miss", "The declared parts are not on the page"
    UNREADABLE = "unreadable", "No text could be taken from the page"
    # A text came that is not the document
    LOG_IN_WALL = "log_in_wall", "A log-in page came instead"
    PAGE_SHELL = "page_shell", "A page without its text came"
    CONSENT_PAGE = "consent_page", "A page asking for consent came instead"
    ERROR_PAGE = "error_page", "An error page came, marked as a good one"
    WRONG_LANGUAGE = "wrong_language", "The text came in another language"
    WRONG_REGION = "wrong_region", "The text for another region came"
    NEAR_EMPTY = "near_empty", "Almost no text came"
    TRUNCATED = "truncated", "Suddenly a fraction of the text came"
    NOT_A_POLICY = "not_a_policy", "Another page came"
    NO_TEXT = "no_text", "No text came"
    # The document came, and is not kept
    ERASED = "erased", "The text that came was lawfully erased, and is not kept again"


class Check(models.Model):
    """A visit, with hash and size even where the bytes are not kept."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=20, choices=FailureReason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    final_url = models.CharField(max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    http_headers = models.JSONField(null=True)
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
