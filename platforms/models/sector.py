"""The trade that a platform is in."""

from django.db import models


class Sector(models.Model):
    """A trade, such as dating or messaging; platforms are compared within one first."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
