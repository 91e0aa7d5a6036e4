"""What templates ask about cards."""

from __future__ import annotations

from django import template

from conductatlas.printing.card import alternative
from conductatlas.records.frozen import Frozen

register = template.Library()


@register.filter
def card_words(frozen: Frozen) -> str:
    """Return in words what the card of a revision shows."""
    return alternative(frozen)
