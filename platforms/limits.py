"""The limits of fetching, from the settings of the site."""

from __future__ import annotations

from ipaddress import ip_network

from django.conf import settings

from platforms.fetching import Limits


def limits() -> Limits:
    """Return what every fetch of this installation keeps to. Raises ValueError for a range that is none."""
    return Limits(
        user_agent=settings.CAPTURE_USER_AGENT,
        allowed_private=tuple(ip_network(part) for part in settings.CAPTURE_PRIVATE_RANGES),
        seconds_between_requests=settings.CAPTURE_SECONDS_BETWEEN_REQUESTS,
    )
