"""Lets a person in where their role allows it, and says clearly where it does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse

from clauses.published import byline
from conductatlas.desk.roles import administrators, roles_with

View = Callable[..., HttpResponseBase]


def needs(*permissions: str) -> Callable[[View], View]:
    """Put a view behind the login of the desk and behind permissions, such as "clauses.review_analysis".

    Who lacks one gets a page that names the roles that have it and the people who can give them.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for permission in permissions:
                if not request.user.has_perm(permission):
                    return forbidden(request, permission)
            return view(request, *args, **kwargs)

        # `admin_view` asks for the login; resolved late, for the site is made after the modules of the desk.
        @wraps(view)
        def behind_login(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return admin.site.admin_view(guarded)(request, *args, **kwargs)

        return behind_login

    return guard


def forbidden(request: HttpRequest, permission: str) -> HttpResponse:
    """Answer 403 and say which roles may, and whom to ask."""
    context = {
        **admin.site.each_context(request),
        "title": "Your role does not allow this",
        "roles": roles_with(permission),
        "mine": sorted(request.user.groups.values_list("name", flat=True)) if request.user.is_authenticated else [],
        "administrators": [byline(user) for user in administrators()],
    }
    return TemplateResponse(request, "desk/forbidden.html", context, status=403)
