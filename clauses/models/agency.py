"""Who enforces the law, and where people complain. Loaded from clauses/data/agencies.yaml."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from clauses.models.regulation import Jurisdiction, Regulation


class Agency(models.Model):
    """A body that enforces laws, with its address for complaints."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="agencies")
    enforces = models.ManyToManyField(Regulation, related_name="agencies", blank=True)
    description = models.TextField()
    complaint = models.TextField(help_text="Who may complain, and how")
    url = models.URLField(max_length=400)
    complaint_url = models.URLField(max_length=400)
    checked_against = models.CharField(max_length=300, blank=True, help_text="The source that the facts were held to")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["jurisdiction__name", "name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(
                name="agency_checked_says_against_what_and_when",
                condition=models.Q(checked_against="", checked_on=None)
                | ~models.Q(checked_against="") & models.Q(checked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the agency's page."""
        return reverse("agency", args=[self.slug])
