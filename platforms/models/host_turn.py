"""When a host was last asked: processes that know nothing of each other are polite to it together. Operational."""

from __future__ import annotations

from django.db import models


class HostTurn(models.Model):
    """The latest turn at a host. Whose turn it is just now is a lock (see platforms.acts.host_turn), not a row."""

    host = models.CharField(max_length=300, primary_key=True)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host
