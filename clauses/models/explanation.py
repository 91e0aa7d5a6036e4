"""What is said of a type in general: loaded from clauses/data/explanations."""

from __future__ import annotations

from django.db import models

from clauses.models.clause_type import ClauseType
from clauses.models.regulation import Article
from clauses.models.severity import Severity


class Explanation(models.Model):
    """The general explanation of a type, shown as such where a clause has no analysis."""

    type = models.OneToOneField(ClauseType, models.CASCADE, related_name="explanation")
    does = models.TextField(help_text="What such a clause does")
    matters = models.TextField(help_text="Why it matters")
    look_for = models.TextField(help_text="What to look for in the wording")
    can_do = models.TextField(help_text="What one can usually do")
    severity = models.CharField(max_length=6, choices=Severity, help_text="What the rubric makes of the usual factors")
    points = models.JSONField(help_text="Points of each factor of an ordinary clause of the type")
    because = models.TextField(help_text="Why this is the usual severity")

    def __str__(self) -> str:
        return f"explanation of {self.type_id}"


class TypeLawQuerySet(models.QuerySet["TypeLaw"]):
    """Laws of types as pages want them."""

    def with_law(self) -> TypeLawQuerySet:
        """Fetch what a row of a table names, in the order in which they were given."""
        return self.select_related("article__regulation__jurisdiction").order_by("position")


class TypeLaw(models.Model):
    """An article that usually bears on clauses of a type, with the reason."""

    type = models.ForeignKey(ClauseType, models.CASCADE, related_name="laws")
    article = models.ForeignKey(Article, models.CASCADE, related_name="types")
    reason = models.TextField()
    position = models.PositiveSmallIntegerField()

    objects = TypeLawQuerySet.as_manager()

    class Meta:
        ordering = ["type", "position"]
        constraints = [models.UniqueConstraint(fields=["type", "article"], name="type_names_an_article_once")]

    def __str__(self) -> str:
        return self.reason
