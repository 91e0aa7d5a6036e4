"""How well one release of the reader did on labelled paragraphs."""

from __future__ import annotations

from django.db import models


class EvaluationKind(models.TextChoices):
    """What the weights had seen of the paragraphs."""

    OUT_OF_FOLD = "out-of-fold", "Out of fold"
    UNSEEN = "unseen", "Unseen"
    SEEN = "seen", "Seen in training"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Reads evaluations."""

    def tests(self) -> EvaluationQuerySet:
        """Leave out those of paragraphs that the weights learned from: they say nothing of other words."""
        return self.exclude(kind=EvaluationKind.SEEN)

    def of(self, release: str, taxonomy: str) -> EvaluationQuerySet:
        """Keep those of one release of the reader under one of the taxonomy, the latest first."""
        return self.filter(release=release, taxonomy=taxonomy).order_by("-at", "-pk")


class Evaluation(models.Model):
    """One file of labelled paragraphs, judged by one release; done again, it takes the place of what was there."""

    release = models.CharField(max_length=20, help_text="Release of the reader")
    taxonomy = models.CharField(max_length=20, help_text="Release of the taxonomy")
    kind = models.CharField(max_length=12, choices=EvaluationKind)
    labels_name = models.CharField(max_length=200, help_text="Name of the file of labels")
    labels_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the file of labels, in hexadecimal")
    labels_about = models.CharField(max_length=500, blank=True, help_text="Where the labels come from")
    rows = models.PositiveIntegerField(help_text="Paragraphs")
    at = models.DateTimeField()
    shipped = models.BooleanField(help_text="Measured by the project and shipped with it, not on this installation")
    figures = models.JSONField(help_text="Everything counted, without any words")
    errors = models.JSONField(default=dict, help_text="The worst errors with their words; never shipped")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "taxonomy", "labels_sha256", "kind"], name="labels_are_evaluated_once_by_a_release"
            ),
            models.CheckConstraint(
                name="evaluation_kind_is_known", condition=models.Q(kind__in=[kind.value for kind in EvaluationKind])
            ),
            models.CheckConstraint(name="evaluation_has_rows", condition=models.Q(rows__gt=0)),
            models.CheckConstraint(
                name="what_is_shipped_has_no_words", condition=models.Q(shipped=False) | models.Q(errors={})
            ),
        ]

    def __str__(self) -> str:
        return f"Reader {self.release} on {self.labels_name} ({self.get_kind_display().lower()})"
