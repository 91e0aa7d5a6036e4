"""The law that clauses answer to, loaded from clauses/data/regulations and clauses/data/jurisdictions.yaml."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse


class Jurisdiction(models.Model):
    """Where a law holds, by its ISO 3166 code, in the one spelling that pages use."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RegulationKind(models.TextChoices):
    """The form that a law has."""

    REGULATION = "regulation", "Regulation"
    DIRECTIVE = "directive", "Directive"
    STATUTE = "statute", "Statute"
    CODE = "code", "Code"


class RegulationStatus(models.TextChoices):
    """Whether a law applies."""

    IN_FORCE = "in_force", "In force"
    PARTLY_IN_FORCE = "partly_in_force", "Partly in force"
    ADOPTED = "adopted", "Adopted, not yet applying"
    REPEALED = "repealed", "Repealed"


class Regulation(models.Model):
    """A law. What was checked against which source, and when, is kept beside it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, unique=True)
    other_names = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    citation = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="regulations")
    kind = models.CharField(max_length=12, choices=RegulationKind)
    status = models.CharField(max_length=16, choices=RegulationStatus)
    adopted_on = models.DateField(null=True, blank=True)
    applies_from = models.DateField(null=True, blank=True)
    status_note = models.TextField(blank=True)
    official_url = models.URLField(max_length=400)
    summary = models.TextField()
    checked_against = models.CharField(max_length=300, blank=True, help_text="The source that the facts were held to")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["jurisdiction__name", "short_name"]
        constraints = [
            models.CheckConstraint(
                name="regulation_in_force_says_since_when",
                condition=~models.Q(status__in=["in_force", "partly_in_force"]) | models.Q(applies_from__isnull=False),
            ),
            models.CheckConstraint(
                name="regulation_checked_says_against_what_and_when",
                condition=models.Q(checked_against="", checked_on=None)
                | ~models.Q(checked_against="") & models.Q(checked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        """Return the address of the law's page."""
        return reverse("regulation", args=[self.slug])

    @property
    def names(self) -> list[str]:
        """Return every name by which prose may call the law, the longest first."""
        return sorted({self.name, self.short_name, *self.other_names}, key=lambda name: (-len(name), name))


class Article(models.Model):
    """One provision of a law that clauses are held to."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="articles")
    slug = models.SlugField(max_length=60)
    label = models.CharField(max_length=60, help_text="As it is cited: Article 17, section 1798.105")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    url = models.URLField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["regulation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "slug"], name="article_has_one_slug_in_its_law"),
            models.UniqueConstraint(fields=["regulation", "label"], name="article_has_one_label_in_its_law"),
        ]

    def __str__(self) -> str:
        return f"{self.regulation.short_name}, {self.label}"
