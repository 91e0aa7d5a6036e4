"""What a classifier release makes of a version by its place in the history. Derived."""

from __future__ import annotations

from django.db import models

from platforms.models.platform import Platform
from platforms.models.text_profile import Fault
from platforms.models.version import Version


class Class(models.TextChoices):
    """Classes in order of precedence (DESIGN, VersionClass; the rules are printed on the methodology page)."""

    FIRST = "first", "First"
    SUSPECT = "suspect", "Suspect"
    TECHNICAL = "technical", "Technical"
    FLAP = "flap", "Flap"
    REVERTED = "reverted", "Reverted"
    COSMETIC = "cosmetic", "Cosmetic"
    SUBSTANTIVE = "substantive", "Substantive"


class VersionClassQuerySet(models.QuerySet["VersionClass"]):
    """Classes as the desk wants them."""

    def uncertain(self) -> VersionClassQuerySet:
        """Keep technical versions with other words than the one before, at which no curator has looked (rule 5)."""
        counted = self.filter(version__document__platform__in=Platform.objects.counted())
        return counted.filter(kind=Class.TECHNICAL, changes_words=True, is_good=True, version__look=None)


class VersionClass(models.Model):
    """A version's class, kept apart from the evidence because it can be rebuilt."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="version_class", primary_key=True)
    release = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=Class)
    is_good = models.BooleanField(help_text="May be read, compared and counted")
    fault = models.CharField(max_length=20, choices=Fault, blank=True)
    compared_with = models.ForeignKey(Version, models.CASCADE, related_name="+", null=True)
    returns_to = models.ForeignKey(Version, models.CASCADE, related_name="+", null=True)
    changes_words = models.BooleanField(help_text="Words or digits differ from the version it is compared with")
    changes_only_links = models.BooleanField(help_text="Nothing but link targets differs")

    objects = VersionClassQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "version classes"
        constraints = [
            models.CheckConstraint(
                name="suspect_version_is_never_good",
                condition=~models.Q(kind="suspect", is_good=True),
            ),
            models.CheckConstraint(
                name="returning_version_names_what_it_returns_to",
                condition=~models.Q(kind__in=["flap", "reverted"]) | models.Q(returns_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
