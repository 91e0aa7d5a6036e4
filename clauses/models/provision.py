"""One wording of a clause."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from clauses.models.clause import Clause
from clauses.models.confidence import Confidence
from clauses.models.stance import Stance


class Provision(models.Model):
    """Words of a clause, exactly, with the stance that they take."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="provisions")
    words = models.TextField(help_text="Exactly as they stand in the text, markup included")
    sha256 = models.BinaryField(max_length=32, help_text="SHA-256 of the UTF-8 of the words")
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.UNSTATED)
    stance_score = models.FloatField(default=0)
    score = models.FloatField(help_text="How sure the reader is of the type, 0 to 1")
    why = ArrayField(models.CharField(max_length=100), default=list, help_text="The words that decided")
    likeness = models.FloatField(
        null=True,
        help_text="Where likeness to the wording before alone tells that these are its words: how like, 0.6 to 1",
    )
    release = models.CharField(max_length=20, help_text="Release of the reader that last judged it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "sha256"], name="clause_has_a_wording_once"),
            models.CheckConstraint(
                name="provision_score_is_between_0_and_1",
                condition=models.Q(score__gte=0, score__lte=1, stance_score__gte=0, stance_score__lte=1),
            ),
            models.CheckConstraint(
                name="provision_followed_by_likeness_alone_has_no_stance",
                condition=models.Q(likeness=None)
                | models.Q(likeness__gte=0, likeness__lte=1, stance="unstated", score=0),
            ),
        ]
        # The registry searches the words; the expression is the one that its query writes.
        indexes = [GinIndex(SearchVector("words", config="english"), name="provision_words")]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def confidence(self) -> Confidence:
        """Return how sure the reader is of the type, in words."""
        return Confidence.of(self.score)
