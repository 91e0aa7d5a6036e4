"""The parts of an analysis that come in numbers. PostgreSQL refuses to change them once it is published."""

from __future__ import annotations

from django.db import models

from clauses.models.agency import Agency
from clauses.models.analysis import Analysis
from clauses.models.regulation import Article, Jurisdiction
from platforms.models import Version


class Pin(models.Model):
    """A range of a version's text that an analysis was written for, with the hash of its words."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="pins")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField(help_text="Number of the paragraph")
    start = models.PositiveIntegerField(help_text="Code points from the start of the text")
    end = models.PositiveIntegerField(help_text="Code points, exclusive")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the UTF-8 of text[start:end]")
    heading = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["analysis", "position"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "start"], name="analysis_is_pinned_to_a_place_once"),
            models.CheckConstraint(name="pin_starts_before_it_ends", condition=models.Q(start__lt=models.F("end"))),
        ]

    def __str__(self) -> str:
        return f"¶ {self.ordinal}"


class Action(models.Model):
    """Something that a reader can do about the clause."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    steps = models.TextField()
    contact = models.CharField(max_length=300, blank=True, help_text="An e-mail address or a link")
    rests_on = models.ManyToManyField(Article, related_name="+", blank=True)
    where = models.ManyToManyField(Jurisdiction, related_name="+", blank=True, help_text="None means everywhere")

    class Meta:
        ordering = ["analysis", "position"]
        constraints = [models.UniqueConstraint(fields=["analysis", "position"], name="action_has_a_place_of_its_own")]

    def __str__(self) -> str:
        return self.title


class LawLink(models.Model):
    """An article that the clause answers to, with the reason."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="laws")
    article = models.ForeignKey(Article, models.PROTECT, related_name="links")
    reason = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["analysis", "position"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "article"], name="analysis_names_an_article_once"),
            models.CheckConstraint(name="law_link_gives_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason


class AgencyLink(models.Model):
    """A body that one can turn to about the clause, with the reason."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="agencies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="links")
    reason = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["analysis", "position"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "agency"], name="analysis_names_an_agency_once"),
            models.CheckConstraint(name="agency_link_gives_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason
