"""The pages of a type of clause and of a law, with what is noted about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from clauses import law_views, views
from conductatlas.corrections.noted import noted


def clause_type(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one type across all platforms."""
    return views.clause_type(request, slug, extra={"noted": noted(f"type/{slug}")})


def regulation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one law."""
    return law_views.regulation(request, slug, extra={"noted": noted(f"law/{slug}")})
