"""What every page of the desk has: the frame of the admin site, and a message with what can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Return a page in the frame of the desk."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), "title": title, **context})


def person(request: HttpRequest) -> User:
    """Return who asks; every page of the desk is behind the login."""
    assert isinstance(request.user, User)
    return request.user


def refuse(request: HttpRequest, fault: Exception) -> None:
    """Say on the next page why an act was refused."""
    said = fault.messages if isinstance(fault, ValidationError) else [str(fault)]
    for sentence in said:
        messages.error(request, sentence)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Return the address of this site that a form names as `next`, or another."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if wanted and is_ours else otherwise
