"""Where a provision stands in one version."""

from django.conf import settings
from django.db import models

from clauses.models.provision import Provision
from platforms.models import Version


class Match(models.TextChoices):
    """How the words of a passage are those of its provision."""

    EXACT = "exact", "Exact"
    FUZZY = "fuzzy", "Similar"


class Passage(models.Model):
    """A range of one version's text. PostgreSQL refuses one that does not fit its version (rule 3)."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="passages")
    version = models.ForeignKey(Version, models.CASCADE, related_name="passages")
    ordinal = models.PositiveIntegerField(help_text="Number of the paragraph")
    start = models.PositiveIntegerField(help_text="Code points from the start of the text")
    end = models.PositiveIntegerField(help_text="Code points, exclusive")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the UTF-8 of text[start:end]")
    heading = models.CharField(max_length=500, blank=True, help_text="Heading path, outermost first")
    match = models.CharField(max_length=6, choices=Match, default=Match.EXACT)
    similarity = models.FloatField(default=1)
    release = models.CharField(max_length=20, help_text="Release of the reader that anchored it")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The curator who selected these words; re-reading leaves them",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provision", "version", "start"], name="passage_is_anchored_once"),
            models.CheckConstraint(name="passage_starts_before_it_ends", condition=models.Q(start__lt=models.F("end"))),
            models.CheckConstraint(
                name="exact_passage_has_similarity_1",
                condition=models.Q(match="exact", similarity=1) | models.Q(match="fuzzy", similarity__lt=1),
            ),
        ]
        indexes = [models.Index(fields=["version", "start"], name="passage_in_version")]

    def __str__(self) -> str:
        return f"{self.start} to {self.end} of version {self.version_id}"
