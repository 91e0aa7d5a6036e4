"""The audit trail: who did what to what people decide, written down by the database itself."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models


class Operation(models.TextChoices):
    """What was done to a row."""

    INSERT = "INSERT", "Added"
    UPDATE = "UPDATE", "Changed"
    DELETE = "DELETE", "Deleted"


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
    operation = models.CharField(max_length=6, choices=Operation)
    before = models.JSONField(null=True, help_text="The columns that changed, as they were; all, of a deleted row")
    after = models.JSONField(null=True, help_text="The columns that changed, as they are; all, of an added row")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes: ClassVar = [
            models.Index(fields=["table", "row", "-id"], name="audit_of_a_row"),
            models.Index(fields=["person", "-id"], name="audit_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.table} {self.row}"
