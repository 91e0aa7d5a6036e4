"""`load_taxonomy`: categories and types of clause from the data file."""

from typing import Any

from django.core.management.base import BaseCommand

from clauses.acts.load_taxonomy import load_taxonomy, taxonomy_release


class Command(BaseCommand):
    help = "Load the taxonomy of clause types from clauses/data/taxonomy.yaml; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Taxonomy {taxonomy_release()}: {load_taxonomy()} types.")
