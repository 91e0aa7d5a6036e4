"""Comparison: versions compared, change records, timelines, feeds."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The layer above the reading; it tells what changed, and knows of nobody who is told."""

    name = "changes"
    verbose_name = "Changes"
