"""What a reader reports, and what a curator made of it. Once accepted or refused, what was published of it stays."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.urls import reverse

from platforms.models import Platform


class CorrectionState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    SPAM = "spam", "Set aside as spam"


class CorrectionKind(models.TextChoices):
    """What a reader asks for."""

    ERROR = "error", "Error"
    REPLY = "reply", "Reply"


LOGGED = (CorrectionState.ACCEPTED, CorrectionState.REFUSED)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Reports as the queue and the log want them."""

    def waiting(self) -> CorrectionQuerySet:
        """Keep what no curator has answered."""
        return self.filter(state=CorrectionState.OPEN)

    def logged(self) -> CorrectionQuerySet:
        """Keep what the public log shows: accepted or refused."""
        return self.filter(state__in=LOGGED)

    def counted(self) -> CorrectionQuerySet:
        """Leave out the demonstration as soon as one real platform is kept (rule 14)."""
        real = Platform.objects.filter(is_demonstration=False)
        return self.filter(models.Q(is_demonstration=False) | ~models.Exists(real))


class Correction(models.Model):
    """A report about a record, and its answer. `words`, `contact` and `sender` are never published."""

    receipt = models.CharField(max_length=9, unique=True, help_text="Drawn by lot, such as 7K3M-QX9A")
    kind = models.CharField(max_length=5, choices=CorrectionKind, default=CorrectionKind.ERROR)
    about = models.CharField(max_length=160, help_text="Record id, or such as platform/murmurloft")
    name = models.CharField(max_length=400, blank=True, help_text="What the record was called when it was reported")
    version = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True)
    element = models.CharField(max_length=20, blank=True, help_text="Section of the page")
    words = models.TextField(help_text="What is wrong, in the reporter's words; or the reply")
    contact = models.CharField(max_length=200, blank=True, help_text="Where to answer, if the reporter wants that")
    credit = models.CharField(max_length=100, blank=True, help_text="The reporter's name, if it shall be published")
    speaker = models.CharField(max_length=100, blank=True, help_text="Of a reply: who speaks")
    role = models.CharField(max_length=100, blank=True)
    speaks_for = models.CharField(max_length=150, blank=True)
    sender = models.BinaryField(max_length=32, null=True, help_text="Keyed hash of the address, kept for a day")
    is_demonstration = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)
    gist = models.TextField(blank=True, help_text="What was reported, in the curator's words; published")
    answer = models.TextField(blank=True, help_text="What was done, or why it is refused; published")
    mended_by = models.CharField(max_length=40, blank=True, help_text="Revision that mended it: CA-P-010005/v3")
    note = models.TextField(blank=True, help_text="For curators alone, such as how a sender was verified")
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "received_at"], name="correction_in_queue"),
            models.Index(fields=["about", "state"], name="correction_of_a_record"),
        ]
        constraints = [
            models.CheckConstraint(name="correction_has_words", condition=~models.Q(words="")),
            models.CheckConstraint(
                name="correction_is_open_until_somebody_answers",
                condition=models.Q(state="open", answer="", gist="", settled_by=None, settled_at=None)
                | models.Q(state="spam", answer="", settled_by__isnull=False, settled_at__isnull=False)
                | models.Q(state__in=["accepted", "refused"])
                & ~models.Q(answer="")
                & models.Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt}, about {self.about}"

    def get_absolute_url(self) -> str:
        """Return the page of the report in the public log."""
        return reverse("correction", args=[self.receipt])

    @property
    def days(self) -> int | None:
        """Return how many days an answer took."""
        return (self.settled_at - self.received_at).days if self.settled_at else None
