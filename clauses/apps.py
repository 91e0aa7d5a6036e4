"""Reading: taxonomy, readings, clauses, provisions, passages, coverage."""

from django.apps import AppConfig


class ClausesConfig(AppConfig):
    """The layer above the evidence; it knows nothing of comparisons."""

    name = "clauses"
    verbose_name = "Clauses and coverage"
