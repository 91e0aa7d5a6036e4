"""The top package as an application: commands and pages drawn from several layers."""

from django.apps import AppConfig


class ConductAtlasConfig(AppConfig):
    """Placed first in INSTALLED_APPS, so that its `migrate` runs as the owner role."""

    name = "conductatlas"
    verbose_name = "ConductAtlas"
