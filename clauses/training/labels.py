"""Labelled paragraphs and sentences written for the project, as rows to learn from."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clauses.text.classify import DATA
from clauses.text.passages import Passage, passage
from platforms.data_files import read_yaml

SENTENCES = DATA / "sentences"
SHINGLE = 5
"""Words in a row that are compared to find near-duplicates."""
ALIKE = 0.5
"""Two paragraphs that share at least this part of their shingles are near-duplicates: their companies share a fold."""
COMMON = 60
"""A shingle in more paragraphs than this is boilerplate of a single company, and says nothing."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`truth` and `unsure` have a row a passage and a column a type; `groups` are companies, near-duplicates joined."""

    ids: list[int]
    types: list[str]
    texts: list[str]
    passages: list[Passage]
    truth: NDArray[np.int8]
    unsure: NDArray[np.bool_]
    groups: NDArray[np.str_]


def read_labels(labels: Path, families: Path) -> Labels:
    """Read JSON lines with id, platform, heading, text, labels, unsure; and a csv with service and family."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").split("\n") if line]
    with families.open(encoding="utf-8", newline="") as stream:
        family = {row["service"]: row["family"] or row["service"] for row in csv.DictReader(stream)}
    passages = [passage(row["text"], row["heading"]) for row in rows]
    companies = [family.get(row["platform"], row["platform"]) for row in rows]
    types = sorted({slug for row in rows for slug in row["labels"]})
    return _labels(rows, types, passages, joined(companies, [one.said for one in passages]))


def read_sentences(types: list[str]) -> Labels:
    """Read the sentences written for the project; there may be none."""
    rows = [row for path in sorted(SENTENCES.glob("*.yaml")) for row in read_yaml(path)]
    passages = [passage(row["text"], row.get("heading") or "") for row in rows]
    return _labels(rows, types, passages, np.array(["written"] * len(rows), np.str_))


def _labels(rows: list[dict[str, Any]], types: list[str], passages: list[Passage], groups: NDArray[np.str_]) -> Labels:
    column = {slug: place for place, slug in enumerate(types)}
    truth = np.zeros((len(rows), len(types)), np.int8)
    unsure = np.zeros((len(rows), len(types)), np.bool_)
    for place, row in enumerate(rows):
        truth[place, [column[slug] for slug in row["labels"]]] = 1
        unsure[place, [column[slug] for slug in row.get("unsure", ()) if slug in column]] = True
    ids = [row.get("id", place) for place, row in enumerate(rows)]
    return Labels(ids, types, [row["text"] for row in rows], passages, truth, unsure, groups)


def joined(companies: list[str], said: list[str]) -> NDArray[np.str_]:
    """Return a group for each paragraph: its company, or one name for companies that share near-duplicates."""
    shingles = [_shingles(words) for words in said]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, some in enumerate(shingles):
        for shingle in some:
            holders[shingle].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        if 1 < len(places) <= COMMON:
            for pair in combinations(places, 2):
                shared[pair] += 1
    leader = {company: company for company in companies}

    def lead(company: str) -> str:
        while leader[company] != company:
            company = leader[company]
        return company

    for (one, other), count in shared.items():
        if count >= ALIKE * (len(shingles[one]) + len(shingles[other]) - count):
            leader[lead(companies[one])] = lead(companies[other])
    return np.array([lead(company) for company in companies], np.str_)


def _shingles(said: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", said)
    return {tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
