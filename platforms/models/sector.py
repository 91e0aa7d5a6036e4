"""The trade that a platform is in."""

from __future__ import annotations

from typing import Any

from django.db import models


class SectorQuerySet(models.QuerySet["Sector"]):
    """Sectors as pages want them."""

    def with_platforms(self) -> models.QuerySet[Sector, Any]:
        """Keep sectors of platforms that figures are about, each annotated with how many there are."""
        from platforms.models.platform import Platform

        counted = models.Q(platforms__in=Platform.objects.counted())
        return self.annotate(platform_count=models.Count("platforms", filter=counted)).filter(platform_count__gt=0)


class Sector(models.Model):
    """A trade, such as dating or messaging; platforms are compared within one first."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    objects = SectorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
