"""What a company runs, and whose documents are kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from platforms.models.operator import Operator
from platforms.models.sector import Sector
from platforms.text.slugs import sort_key


class AliasKind(models.TextChoices):
    """Why a platform answers to another name."""

    ALIAS = "alias", "Also known as"
    FORMER_NAME = "former_name", "Formerly"


class PlatformQuerySet(models.QuerySet["Platform"]):
    """Platforms as pages want them."""

    def real(self) -> PlatformQuerySet:
        """Leave demonstration platforms out."""
        return self.filter(is_demonstration=False)

    def counted(self) -> PlatformQuerySet:
        """Return the platforms that figures are about: the real ones, or all while none is real (rule 14)."""
        real = self.model._default_manager.filter(is_demonstration=False)
        return self.filter(models.Q(is_demonstration=False) | ~models.Exists(real))

    def by_name(self) -> PlatformQuerySet:
        """Order for people: by name, case and accents aside."""
        return self.order_by("sort_name", "pk")


class Platform(models.Model):
    """A service such as Gmail; its slug never goes to another platform."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, editable=False, help_text="The name, lower case, without accents")
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="platforms")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="platforms", null=True, blank=True)
    homepage = models.URLField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    objects = PlatformQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="platform_slug_is_lower_case_words",
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the key that people's eyes sort by."""
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the platform's page."""
        return reverse("platform", args=[self.slug])


class PlatformAlias(models.Model):
    """Another name that a platform has or had."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AliasKind, default=AliasKind.ALIAS)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "platform aliases"
        constraints = [models.UniqueConstraint(fields=["platform", "name"], name="platform_has_an_alias_once")]

    def __str__(self) -> str:
        return self.name
