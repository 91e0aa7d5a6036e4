"""An open archive that versions were imported from."""

from django.db import models


class Collection(models.Model):
    """A named archive with the licence and the attribution that it asks for; shown with every text from it."""

    name = models.CharField(max_length=100, unique=True)
    licence = models.CharField(max_length=200)
    attribution = models.CharField(max_length=500)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="collection_names_its_licence_and_attribution",
                condition=~models.Q(licence="") & ~models.Q(attribution=""),
            )
        ]

    def __str__(self) -> str:
        return self.name
