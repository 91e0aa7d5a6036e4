"""Puts the desk in the place of Django's own admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django admin, whose site is the desk."""

    default_site = "conductatlas.desk.site.Desk"
