"""The sentences written for training keep to their form: known types, real stances, nothing said twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from clauses.acts.load_taxonomy import taxonomy
from clauses.text.classify import DATA
from platforms.data_files import read_yaml

FILES = sorted((DATA / "sentences").glob("*.yaml"))
TYPES = {row["slug"] for category in taxonomy()["categories"] for row in category["types"]}
KEYS = {"text", "heading", "labels", "stance"}
RUN = 8
"""Words in a row that no two passages share."""
FEWEST_WORDS = 4
FEWEST_POSITIVES = 15
WORD = re.compile(r"[a-z0-9]+")


def rows(path: Path) -> list[dict[str, Any]]:
    return list(read_yaml(path))


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def test_there_is_a_file_for_each_type() -> None:
    assert {path.stem for path in FILES} == TYPES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_row_has_its_form(path: Path) -> None:
    for row in rows(path):
        said = row["text"]
        assert set(row) <= KEYS, said
        assert len(words(said)) >= FEWEST_WORDS, said
        assert said == said.strip(), said
        assert "heading" not in row or row["heading"].strip(), said
        assert len(set(row["labels"])) == len(row["labels"]), said
        assert set(row["labels"]) <= TYPES, said
        assert set(row.get("stance", {})) <= set(row["labels"]), said
        assert set(row.get("stance", {}).values()) <= {"denies", "conditional"}, said


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_shows_its_type_and_what_only_looks_like_it(path: Path) -> None:
    shown = Counter(path.stem in row["labels"] for row in rows(path))
    assert shown[True] >= FEWEST_POSITIVES
    assert shown[False] >= 1


def test_no_two_passages_share_eight_words_in_a_row() -> None:
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for path in FILES:
        for number, row in enumerate(rows(path)):
            said = words(row["text"])
            for start in range(len(said) - RUN + 1):
                places[tuple(said[start : start + RUN])].add(f"{path.stem} {number}")
    shared = {" ".join(run): where for run, where in places.items() if len(where) > 1}
    assert not shared
