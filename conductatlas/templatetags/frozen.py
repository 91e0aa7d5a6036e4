"""How templates show what a stored record says: characters exactly, words as they read, times of JSON."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from changes.models import Direction, Nature, Touch
from clauses.models import Anonymised, Confidence, Refusal
from conductatlas.pages.words import lines
from platforms.models import ClaimedKind, Method
from platforms.published import moment

register = template.Library()

LABELS = {
    "confidence": Confidence,
    "refusal": Refusal,
    "anonymised": Anonymised,
    "change_nature": Nature,
    "direction": Direction,
    "touch": Touch,
    "method": Method,
    "claimed_kind": ClaimedKind,
}


@register.filter
def exact(words: str) -> SafeString:
    """Return words so that a browser reads back each character: a carriage return would become another."""
    return mark_safe(escape(words).replace("\r", "&#13;"))  # noqa: S308 - escaped


@register.filter
def as_read(markdown: str) -> str:
    """Return stored words without their markup."""
    return lines(markdown)


@register.filter
def instant(stamped: str) -> datetime | None:
    """Return the time that a record states, None where it states none."""
    return moment(stamped) if stamped else None


@register.filter
def on(stamped: str | None) -> date | None:
    """Return the day that a record states, None where it states none."""
    return date.fromisoformat(stamped[:10]) if stamped else None


@register.filter
def named(token: str, kind: str) -> str:
    """Return the word for a token of a record."""
    return str(LABELS[kind](token).label)
