"""The quiet link of each section by which an error in it is reported."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conductatlas.corrections.subjects import key_of

register = template.Library()


@register.simple_tag
def reporting(found: Any, version: Any = None, revision: Any = None) -> str:
    """Return the address of the form about a row, with the numbers of what is read, as `reported` for `report`."""
    numbers = {"version": version, "revision": revision}
    query = {"about": key_of(found)} | {name: number for name, number in numbers.items() if number}
    return f"{reverse('report')}?{urlencode(query)}"


@register.simple_tag(takes_context=True)
def report(context: dict[str, Any], element: str, heading: Any) -> SafeString:
    """Return the link for a section, named by its heading; nothing on a page that is not `reporting`."""
    reported = context.get("reported")
    if not reported:
        return SafeString()
    return format_html(
        '<p class="flaw"><a href="{}&amp;element={}" rel="nofollow">Report an error'
        '<span class="vh"> in: {}</span></a></p>',
        reported, element, heading,
    )  # fmt: skip
