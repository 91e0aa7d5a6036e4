"""What is known of one platform and one type, on one basis. Derived; recomputed whole for a platform."""

from __future__ import annotations

from typing import Any

from django.db import models

from clauses.models.clause import Clause
from clauses.models.clause_type import ClauseType
from platforms.models import Platform


class Basis(models.TextChoices):
    """What a figure rests on; the two are never added up (rule 8)."""

    MACHINE = "machine", "Machine-found"
    PUBLISHED = "published", "Published"


class CoverageState(models.TextChoices):
    """What is known; across the documents of a platform does comes before conditional, denies, unstated."""

    DOES = "does", "Does"
    CONDITIONAL = "conditional", "On conditions"
    DENIES = "denies", "Denies"
    UNSTATED = "unstated", "No stance"
    NONE = "none", "Read, not found"
    UNREAD = "unread", "Not read"


FOUND = [CoverageState.DOES, CoverageState.CONDITIONAL, CoverageState.DENIES, CoverageState.UNSTATED]


class CoverageQuerySet(models.QuerySet["Coverage"]):
    """Every page takes its figures from here."""

    def counted(self, *bases: str) -> CoverageQuerySet:
        """Keep rows on these bases (machine-found if none is named), of the platforms that figures are about."""
        return self.filter(basis__in=bases or [Basis.MACHINE], platform__in=Platform.objects.counted())

    def tally(self) -> models.QuerySet[Coverage, Any]:
        """Count platforms by type and state, and the operators they are of."""
        return self.values("type_id", "state").annotate(
            platforms=models.Count("pk"), operators=models.Count("platform__operator", distinct=True)
        )


class Coverage(models.Model):
    """One count-bearing row."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="coverage")
    type = models.ForeignKey(ClauseType, models.CASCADE, related_name="coverage")
    basis = models.CharField(max_length=10, choices=Basis)
    state = models.CharField(max_length=12, choices=CoverageState)
    has_conflict = models.BooleanField(default=False, help_text="Its documents take different stances")
    clauses = models.PositiveIntegerField(default=0, help_text="Clauses standing in its latest good versions")
    clause = models.ForeignKey(Clause, models.SET_NULL, related_name="+", null=True, help_text="The one that decides")
    documents_read = models.PositiveIntegerField(default=0)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [
            models.UniqueConstraint(fields=["platform", "type", "basis"], name="coverage_is_one_row_a_basis"),
            models.CheckConstraint(
                name="coverage_names_clauses_just_where_it_found_some",
                condition=models.Q(state__in=FOUND, clauses__gte=1) | ~models.Q(state__in=FOUND) & models.Q(clauses=0),
            ),
            models.CheckConstraint(
                name="coverage_read_documents_just_where_it_is_read",
                condition=models.Q(state="unread", documents_read=0)
                | ~models.Q(state="unread") & models.Q(documents_read__gte=1),
            ),
        ]
        indexes = [models.Index(fields=["type", "basis", "state"], name="coverage_by_type")]

    def __str__(self) -> str:
        return f"{self.state} ({self.basis})"
