"""What every template may say of the installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

SECTIONS = {
    "platforms": "platforms",
    "platform": "platforms",
    "timeline": "platforms",
    "document": "platforms",
    "history": "platforms",
    "calendar": "platforms",
    "version": "platforms",
    "clause": "platforms",
    "changes": "changes",
    "change": "changes",
    "feeds": "changes",
    "diff": "platforms",
    "revision": "platforms",
    "types": "types",
    "type": "types",
    "category": "types",
    "registry": "registry",
    "regulations": "law",
    "regulation": "law",
    "agencies": "law",
    "agency": "law",
    "methodology": "methodology",
    "rubric": "methodology",
    "corrections": "methodology",
    "correction": "methodology",
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return who runs the site, and the canonical address of the page without its query."""
    match = request.resolver_match
    return {
        "section": SECTIONS.get(match.url_name or "", "") if match else "",
        "site_url": settings.SITE_URL,
        "operator_name": settings.OPERATOR_NAME,
        "operator_contact": settings.OPERATOR_CONTACT,
        "canonical_url": settings.SITE_URL + request.path,
        "is_filtered_page": bool(request.GET),
    }
