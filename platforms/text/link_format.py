"""Links between captures as programs read them: Link headers (RFC 8288) and TimeMaps in link format (RFC 7089)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

LINK_FORMAT = "application/link-format"
_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d{2}):(\d{2}):(\d{2}) GMT",
    re.ASCII,
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def link(target: str, rel: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return one link-value, its attributes as quoted strings."""
    parts = {"rel": rel} | dict(attributes or {})
    escaped = {name: value.replace("\\", "\\\\").replace('"', '\\"') for name, value in parts.items()}
    return "; ".join([f"<{target}>", *(f'{name}="{value}"' for name, value in escaped.items())])


def http_date(at: datetime) -> str:
    """Return a time to the second as headers have it, such as Sat, 02 May 2026 06:00:00 GMT."""
    at = at.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S} GMT"


def read_http_date(written: str) -> datetime | None:
    """Return the time that an Accept-Datetime header names, or None for one that RFC 7089 does not allow."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    day, month, year, hour, minute, second = found.groups()
    try:
        start = datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        return None
    if int(second) > 60 or written.strip()[:3] != _DAYS[start.weekday()]:  # 60 is a leap second
        return None
    try:
        return start + timedelta(seconds=int(second))
    except OverflowError:
        return None
