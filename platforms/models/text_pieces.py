"""The words of texts, each piece once, so that pasted words are found in every version that says them.

Derived by platforms.text.pieces; may be thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models.functions import Concat

from platforms.models.stored import StoredText

VECTOR = SearchVector("words", config="simple")
PADDED = Concat(models.Value(" "), "words", models.Value(" "), output_field=models.TextField())


class PieceQuerySet(models.QuerySet["Piece"]):
    """Finds pieces by their words."""

    def saying(self, words: Sequence[str]) -> PieceQuerySet:
        """Keep pieces that hold these words one after the other."""
        said = " ".join(words)
        # The vector is that of the index; the second condition minds that the words follow one another.
        return self.alias(vector=VECTOR, padded=PADDED).filter(
            vector=SearchQuery(said, config="simple"), padded__contains=f" {said} "
        )


class Piece(models.Model):
    """The words of a line, folded and joined by blanks; one row however many texts have it."""

    words = models.TextField()
    sha256 = models.BinaryField(max_length=32, unique=True, help_text="SHA-256 of the words")

    objects = PieceQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(VECTOR, name="piece_by_words")]

    def __str__(self) -> str:
        return self.words[:60]


class TextPieces(models.Model):
    """The pieces of one text, in order."""

    text = models.OneToOneField(StoredText, models.CASCADE, related_name="+", primary_key=True)
    release = models.CharField(max_length=20)
    pieces = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name_plural = "text pieces"
        indexes = [GinIndex(fields=["pieces"], name="text_by_piece")]

    def __str__(self) -> str:
        return f"pieces of text {self.text_id}"
