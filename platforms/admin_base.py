"""What the desks of all models share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Field, URLField
from django.http import HttpRequest

HTTPS_BY_DEFAULT: Mapping[type[Field[Any, Any]], Mapping[str, Any]] = {URLField: {"assume_scheme": "https"}}
"""An address written without its scheme is taken for https."""


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Lists and shows rows that nobody may add, change or delete here."""

    formfield_overrides = HTTPS_BY_DEFAULT
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
