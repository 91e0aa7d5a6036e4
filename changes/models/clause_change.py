"""What a change did to one clause."""

from __future__ import annotations

from django.db import models

from changes.models.change_record import ChangeRecord, Direction
from clauses.models import Clause, Severity, Stance


class Touch(models.TextChoices):
    """How a change touched a clause, in the order in which lists show them."""

    STANCE_CHANGED = "stance_changed", "Stance changed"
    REMOVED = "removed", "Removed"
    ADDED = "added", "Added"
    REWORDED = "reworded", "Reworded"
    MOVED = "moved", "Moved"


class Weight(models.TextChoices):
    """Where the clause's own severity comes from."""

    ANALYSIS = "analysis", "the published analysis"
    TYPE = "type", "what is usual for the type"


class ClauseChange(models.Model):
    """One clause that a change touched, with the ranges of its words on both sides. Derived with its record."""

    record = models.ForeignKey(ChangeRecord, models.CASCADE, related_name="clause_changes")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    touch = models.CharField(max_length=15, choices=Touch)
    old_stance = models.CharField(max_length=12, choices=Stance, blank=True, help_text="Empty where it was not there")
    new_stance = models.CharField(max_length=12, choices=Stance, blank=True, help_text="Empty where it is gone")
    clause_severity = models.CharField(max_length=6, choices=Severity)
    weight = models.CharField(max_length=8, choices=Weight)
    severity = models.CharField(max_length=6, choices=Severity, help_text="That of this change, by rule")
    direction = models.CharField(max_length=10, choices=Direction)
    passages = models.JSONField(
        help_text="[{old: [start, end] or null, new: [start, end] or null, old_heading, new_heading}], code points"
    )
    position = models.PositiveSmallIntegerField(help_text="Place in the record's list")

    class Meta:
        ordering = ["record", "position"]
        constraints = [
            models.UniqueConstraint(fields=["record", "clause"], name="change_touches_a_clause_once"),
            models.CheckConstraint(
                name="stance_change_is_at_least_high",
                condition=~models.Q(touch="stance_changed") | models.Q(severity="high"),
            ),
            models.CheckConstraint(
                name="clause_change_has_the_stances_of_its_touch",
                condition=models.Q(touch="added", old_stance="") & ~models.Q(new_stance="")
                | models.Q(touch="removed", new_stance="") & ~models.Q(old_stance="")
                | models.Q(touch__in=["stance_changed", "reworded", "moved"])
                & ~models.Q(old_stance="") & ~models.Q(new_stance=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_touch_display()}: {self.clause_id}"
