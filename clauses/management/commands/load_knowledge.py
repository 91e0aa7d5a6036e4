"""`load_knowledge`: the taxonomy, the law and the general explanations from the data files."""

from typing import Any

from django.core.management.base import BaseCommand

from clauses.acts.load_knowledge import load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy, taxonomy_release


class Command(BaseCommand):
    help = "Load clause types, laws, agencies and explanations from clauses/data; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        types = load_taxonomy()
        laws, agencies, explanations = load_knowledge()
        self.stdout.write(
            f"Taxonomy {taxonomy_release()}: {types} types, {explanations} explained; "
            f"{laws} laws and {agencies} agencies."
        )
