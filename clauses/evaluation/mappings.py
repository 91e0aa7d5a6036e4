"""Says how the labels of public data sets answer to our types: clauses/data/label-mappings.yaml, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from platforms.data_files import read_yaml

FILE = Path(__file__).resolve().parent.parent / "data" / "label-mappings.yaml"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A type that a label means, and all types under one of which the reader may find what the label marks."""

    type: str
    accepted: frozenset[str]


@cache
def mapping_rows() -> dict[str, Any]:
    """Return the data file as it stands."""
    rows: dict[str, Any] = read_yaml(FILE)
    return rows


def claudette_codes() -> dict[str, Mapping | None]:
    """Return what each code of CLAUDETTE means, without its grade; None for those left out."""
    return {code: _mapping(row) for code, row in mapping_rows()["claudette"]["codes"].items()}


def tosdr_cases() -> dict[str, Mapping | None]:
    """Return what each case of ToS;DR means; None for those left out."""
    return {case: _mapping(row) for row in mapping_rows()["tosdr"]["cases"] for case in row["cases"]}


def mapped_types(mappings: Collection[Mapping | None]) -> list[str]:
    """Return the types that some label means, in alphabetical order."""
    return sorted({mapping.type for mapping in mappings if mapping is not None})


def _mapping(row: dict[str, Any]) -> Mapping | None:
    if "type" not in row:
        return None
    return Mapping(row["type"], frozenset({row["type"], *row.get("also", ())}))
