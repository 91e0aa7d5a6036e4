"""Whose turn it is to ask a host: processes that know nothing of each other are polite to it together. Operational."""

from __future__ import annotations

from django.db import models


class HostTurn(models.Model):
    """One host, who is fetching from it until when, and when it was last asked."""

    host = models.CharField(max_length=300, primary_key=True)
    held_by = models.CharField(max_length=200, blank=True)
    held_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="host_is_held_by_somebody_until_a_time",
                condition=models.Q(held_by="", held_until=None)
                | ~models.Q(held_by="") & models.Q(held_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.host
