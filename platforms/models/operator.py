"""The company that answers for a platform."""

from django.db import models


class Operator(models.Model):
    """A company; one may run many platforms, and honest counts say how many operators they are of."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2; empty when not known")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="operator_country_has_two_capitals_or_is_empty",
                condition=models.Q(country="") | models.Q(country__regex=r"^[A-Z]{2}$"),
            )
        ]

    def __str__(self) -> str:
        return self.name
