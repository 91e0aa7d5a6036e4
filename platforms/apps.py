"""Evidence: operators, platforms, documents, snapshots, checks, versions."""

from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    """The lowest layer; it knows nothing of clauses."""

    name = "platforms"
    verbose_name = "Platforms and evidence"
