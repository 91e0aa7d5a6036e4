"""How templates say when a change lies: never a moment, always the time between two sights of the text (rule 7)."""

from __future__ import annotations

from datetime import UTC, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from changes.models import ChangeRecord

register = template.Library()


@register.filter
def window(change: ChangeRecord) -> SafeString:
    """Return the days of a change's window, as short as they can be said: "1 to 2 May 2026"."""
    after, before = (at.astimezone(UTC) for at in (change.observed_after, change.observed_before))
    until = format_html('<time datetime="{}">{}</time>', f"{before:%Y-%m-%d}", f"{before.day} {before:%b %Y}")
    if after.date() == before.date():
        return until
    if after.year != before.year:
        said = f"{after.day} {after:%b %Y}"
    elif after.month != before.month:
        said = f"{after.day} {after:%b}"
    else:
        said = str(after.day)
    return format_html('<time datetime="{}">{}</time> to {}', f"{after:%Y-%m-%d}", said, until)


@register.filter
def minute(when: datetime) -> SafeString:
    """Return a time to the minute in UTC, its day heavier; the name of the zone is said once, after the last one."""
    at = when.astimezone(UTC)
    return format_html(
        '<time datetime="{}"><strong>{}</strong> {}</time>',
        f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at.day} {at:%b %Y}", f"{at:%H:%M}",
    )  # fmt: skip
