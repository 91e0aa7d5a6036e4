"""From which version the shown facts of a document's clauses were derived, so that none stay stale."""

from django.db import models

from platforms.models import Document, Version


class Derivation(models.Model):
    """A marker: when the latest good version of a document is another, its clauses are derived again."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="+", primary_key=True)
    latest = models.ForeignKey(Version, models.CASCADE, related_name="+", null=True)
    release = models.CharField(max_length=20)
    taxonomy = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"clauses of document {self.document_id}"
