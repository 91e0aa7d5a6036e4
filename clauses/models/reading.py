"""One pass of one reader release over one version."""

from django.db import models

from platforms.models import Version


class Reading(models.Model):
    """That a version was read, by which release, and when. Derived; a new release reads again."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="readings")
    release = models.CharField(max_length=20, help_text="Release of the reader")
    taxonomy = models.CharField(max_length=20, help_text="Release of the taxonomy")
    read_at = models.DateTimeField()
    paragraphs = models.PositiveIntegerField(help_text="Numbered paragraphs of the text")
    found = models.PositiveIntegerField(help_text="Passages found")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "release", "taxonomy"], name="version_is_read_once_by_a_release"
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.release} of version {self.version_id}"
