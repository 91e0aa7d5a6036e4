"""The words of whom a record is about, shown beside it. Published they stay; a withdrawal is a row of its own."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models

from conductatlas.models.correction import Correction


class Reply(models.Model):
    """A reply as it was published. Append-only."""

    correction = models.OneToOneField(
        Correction, models.PROTECT, related_name="reply", help_text="How it was asked for"
    )
    about = models.CharField(max_length=20, help_text="Record id, such as CA-P-010005")
    words = models.TextField()
    speaker = models.CharField(max_length=100)
    role = models.CharField(max_length=100)
    speaks_for = models.CharField(max_length=150)
    given_on = models.DateField()
    known_by = models.CharField(max_length=300, help_text="How we know that it is theirs; published")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                name="reply_is_signed_and_known_to_be_theirs",
                condition=~models.Q(words="")
                & ~models.Q(speaker="")
                & ~models.Q(speaks_for="")
                & ~models.Q(known_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker} on {self.about}"


class ReplyWithdrawal(models.Model):
    """Says that a reply is no longer shown, since when and why. Append-only."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="withdrawal")
    because = models.TextField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="reply_withdrawal_has_a_reason", condition=~models.Q(because=""))]

    def __str__(self) -> str:
        return f"{self.reply_id}: {self.because[:60]}"
