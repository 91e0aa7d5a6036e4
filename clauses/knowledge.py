"""Reads what is known of the law and of types in general from clauses/data. Knows no database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from platforms.data_files import read_yaml

DATA = Path(__file__).resolve().parent / "data"


@cache
def jurisdictions() -> list[dict[str, Any]]:
    """Return code and name of each jurisdiction."""
    rows: list[dict[str, Any]] = read_yaml(DATA / "jurisdictions.yaml")
    return rows


@cache
def regulations() -> list[dict[str, Any]]:
    """Return each law with its articles, as its file has it."""
    return [read_yaml(path) for path in sorted((DATA / "regulations").glob("*.yaml"))]


@cache
def agencies() -> list[dict[str, Any]]:
    """Return each agency."""
    rows: list[dict[str, Any]] = read_yaml(DATA / "agencies.yaml")
    return rows


@cache
def explanations() -> dict[str, dict[str, Any]]:
    """Return what is said of each type in general, by its slug."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "explanations").glob("*.yaml")):
        found |= read_yaml(path)
    return found
