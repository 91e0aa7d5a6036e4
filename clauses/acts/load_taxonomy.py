"""Loads the taxonomy from clauses/data/taxonomy.yaml; run again after the file changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from clauses.models import Category, ClauseType
from platforms.data_files import read_yaml

FILE = Path(__file__).resolve().parent.parent / "data" / "taxonomy.yaml"


@cache
def taxonomy() -> dict[str, Any]:
    """Return the data file as it stands."""
    data: dict[str, Any] = read_yaml(FILE)
    return data


def taxonomy_release() -> str:
    """Return the release of the taxonomy in the data file."""
    return str(taxonomy()["release"])


@transaction.atomic
def load_taxonomy() -> int:
    """Make the tables say what the file says; return how many types there are. Types are never deleted."""
    release, position = taxonomy_release(), 0
    for place, row in enumerate(taxonomy()["categories"], start=1):
        category, _ = Category.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "description": row.get("description", "").strip(),
                "position": place,
            },
        )
        for type_row in row["types"]:
            position += 1
            ClauseType.objects.update_or_create(
                slug=type_row["slug"],
                defaults={
                    "name": type_row["name"],
                    "category": category,
                    "is_when": type_row["is"],
                    "is_not": type_row["not"],
                    "kind_groups": type_row.get("kinds", row["kinds"]),
                    "position": position,
                    "release": release,
                },
            )
    return position
