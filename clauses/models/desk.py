"""What curators keep beside a clause: notes among themselves, judgements of altered words, saved drafts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from clauses.models.analysis import Analysis
from clauses.models.clause import Clause
from clauses.models.standing import Standing
from platforms.models import Version


class Note(models.Model):
    """Words among curators about a clause, or about one analysis of it; readers never see them."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="notes")
    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="notes", null=True, blank=True)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="note_has_words", condition=~models.Q(words=""))]

    def __str__(self) -> str:
        return self.words[:60]


class Verdict(models.TextChoices):
    """What a curator decides of a published analysis whose words were altered, moved or gone."""

    STILL_VALID = "still_valid", "Still valid"
    REVISE = "revise", "To be revised"
    RETRACT = "retract", "Retracted"


class Judgement(models.Model):
    """One look at a published analysis after its words changed; it settles the queue for that version."""

    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="judgements")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", help_text="The latest good version then")
    standing = models.CharField(max_length=14, choices=Standing, help_text="Of the clause then")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "version"], name="analysis_is_judged_once_for_a_version"),
            models.CheckConstraint(name="judgement_gives_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.reason}"


class SavedDraft(models.Model):
    """A draft as it was at one save, whole, so that nothing written is lost and a step can be undone."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="saves")
    edition = models.PositiveIntegerField(help_text="That of the analysis after this save")
    content = models.JSONField(help_text="Every field and part, as the form holds them")
    restores = models.PositiveIntegerField(null=True, help_text="The edition whose content it brought back, if it did")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["analysis", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "edition"], name="draft_is_saved_once_in_an_edition")
        ]

    def __str__(self) -> str:
        return f"Edition {self.edition} of {self.analysis_id}"
