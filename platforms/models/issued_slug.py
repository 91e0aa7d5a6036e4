"""Slugs that were ever issued, so that none goes to another object and old ones redirect."""

from __future__ import annotations

from django.db import models


class IssuedSlugQuerySet(models.QuerySet["IssuedSlug"]):
    """Looks up who was given a slug."""

    def holder(self, *, scope: str, slug: str) -> int | None:
        """Return the id of the object that was issued `slug` within `scope`, or None."""
        return self.filter(scope=scope, slug=slug).values_list("holder_id", flat=True).first()


class IssuedSlug(models.Model):
    """One slug issued within one parent. Rows are written by a trigger, never by code (see migrations).

    The scope names the kind of object and its parent: `platform`, `document:7`, `clause:42`.
    """

    scope = models.CharField(max_length=40)
    slug = models.CharField(max_length=200)
    holder_id = models.BigIntegerField()
    issued_at = models.DateTimeField()

    objects = IssuedSlugQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("scope", "slug", name="slug_is_issued_once_in_its_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.slug}"
