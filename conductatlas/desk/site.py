"""The admin site: its home lists the queues, and the pages of the desk stand beside those of the models."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import Media
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path

SCRIPTS = ["js/desk.js"]


class Desk(admin.AdminSite):
    """Django admin with the pages of `conductatlas.desk.urls`, each behind the login of the admin."""

    site_header = "ConductAtlas desk"
    site_title = "Desk"
    index_title = "What waits"
    index_template = "desk/home.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the desk before those of the models."""
        return [path("desk/", include("conductatlas.desk.urls")), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what every page has: the queues in its head, and the keys."""
        from conductatlas.desk.queues import navigation

        return {**super().each_context(request), "desk_nav": navigation(request), "desk_media": Media(js=SCRIPTS)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the queues with their counts above the lists of the models."""
        from conductatlas.desk.queues import queues_for

        return super().index(request, {"queues": queues_for(request), **(extra_context or {})})
