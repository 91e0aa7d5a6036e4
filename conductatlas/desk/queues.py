"""What waits for a curator: each queue with its count and its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue as the home of the desk shows it; `waiting` is how many wait, `oldest` how old the oldest is in days."""

    name: str
    about: str
    address: str
    waiting: int
    oldest: int | None = None


def queues_for(request: HttpRequest) -> list[Queue]:
    """Return the queues that a person may work on, in the order in which they matter."""
    return []
