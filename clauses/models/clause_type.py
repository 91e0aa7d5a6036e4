"""The taxonomy: categories and types of clause, loaded from clauses/data/taxonomy.yaml."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from platforms.models import KindGroup


class Category(models.Model):
    """A family of clause types."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the category's page."""
        return reverse("category", args=[self.slug])


class ClauseType(models.Model):
    """A kind of clause, with what it is, its near miss, and the kinds of document it is looked for in."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    category = models.ForeignKey(Category, models.PROTECT, related_name="types")
    is_when = models.TextField(help_text="A passage belongs to the type when it does this")
    is_not = models.TextField(help_text="The near miss that it must not swallow")
    kind_groups = ArrayField(models.CharField(max_length=20, choices=KindGroup))
    position = models.PositiveSmallIntegerField()
    release = models.CharField(max_length=20, help_text="Release of the taxonomy that defines it so")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the type's page."""
        return reverse("type", args=[self.slug])
