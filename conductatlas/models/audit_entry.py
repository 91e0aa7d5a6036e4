"""The audit trail: who did what to what people decide, written down by the database itself."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import models


class Operation(models.TextChoices):
    """What was done to a row."""

    INSERT = "INSERT", "Added"
    UPDATE = "UPDATE", "Changed"
    DELETE = "DELETE", "Deleted"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries as the desk wants them."""

    def about_clause(self, clause_id: int, analyses: Collection[int]) -> AuditQuerySet:
        """Keep what was done to a clause and to its analyses, with all their parts, notes and judgements."""
        return self.filter(
            models.Q(table="clauses_clause", row=clause_id)
            | models.Q(table="clauses_analysis", row__in=analyses)
            | models.Q(analysis__in=analyses)
        )

    def about_row(self, table: str, row: int) -> AuditQuerySet:
        """Keep what was done to one row."""
        return self.filter(table=table, row=row)


class AuditEntry(models.Model):
    """One change of one row, by a trigger (`conductatlas.audit`); nobody, the application included, writes here."""

    at = models.DateTimeField()
    transaction = models.BigIntegerField(help_text="PostgreSQL's id of the transaction: what was done in one act")
    person = models.ForeignKey(
        User,
        models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        help_text="Who acted; none: the machine, or SQL by hand",
    )
    role = models.CharField(max_length=63, help_text="The role of the database connection")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField(help_text="Primary key in the table")
    analysis = models.BigIntegerField(null=True, help_text="The analysis of which the row is a part or a note")
    operation = models.CharField(max_length=6, choices=Operation)
    before = models.JSONField(null=True, help_text="The columns that changed, as they were; all, of a deleted row")
    after = models.JSONField(null=True, help_text="The columns that changed, as they are; all, of an added row")

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["table", "row", "-id"], name="audit_of_a_row"),
            models.Index(fields=["person", "-id"], name="audit_of_a_person"),
            models.Index(fields=["analysis", "-id"], name="audit_of_an_analysis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.table} {self.row}"
