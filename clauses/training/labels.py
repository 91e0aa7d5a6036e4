"""Labelled paragraphs, as matrices."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clauses.text.features import features
from clauses.text.plain import plain


@dataclass(frozen=True, slots=True)
class Labels:
    """`truth` and `unsure` have a row a paragraph and a column a type; `families` groups paragraphs by company."""

    ids: list[int]
    types: list[str]
    said: list[str]
    features: list[list[str]]
    truth: NDArray[np.int8]
    unsure: NDArray[np.bool_]
    families: NDArray[np.str_]


def read_labels(labels: Path, families: Path) -> Labels:
    """Read JSON lines with id, platform, heading, text, labels, unsure; and a csv with service and family."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").split("\n") if line]
    types = sorted({slug for row in rows for slug in row["labels"]})
    column = {slug: place for place, slug in enumerate(types)}
    truth = np.zeros((len(rows), len(types)), np.int8)
    unsure = np.zeros((len(rows), len(types)), np.bool_)
    for place, row in enumerate(rows):
        truth[place, [column[slug] for slug in row["labels"]]] = 1
        unsure[place, [column[slug] for slug in row["unsure"] if slug in column]] = True
    with families.open(encoding="utf-8", newline="") as stream:
        family = {row["service"]: row["family"] or row["service"] for row in csv.DictReader(stream)}
    said = [plain(row["text"]).lower().replace("’", "'") for row in rows]
    return Labels(
        ids=[row["id"] for row in rows],
        types=types,
        said=said,
        features=[features(words, row["heading"].lower()) for words, row in zip(said, rows, strict=True)],
        truth=truth,
        unsure=unsure,
        families=np.array([family.get(row["platform"], row["platform"]) for row in rows]),
    )
