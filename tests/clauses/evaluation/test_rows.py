"""A file of labels is taken whole or not at all, and each fault is told with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clauses.evaluation.rows import BadLabels, read_families, read_predictions, read_rows
from tests.clauses.evaluation.labelled import ARB, TYPES, WEATHER, made, row, write


def without(field: str) -> dict[str, Any]:
    return {name: value for name, value in row(2, WEATHER).items() if name != field}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{no json", "line 2: no JSON"),
        ("[1, 2]", "line 2: no JSON object"),
        (without("text"), "line 2: text is missing"),
        (without("labels"), "line 2: labels is missing"),
        (without("id"), "line 2: id is missing"),
        (row(2, WEATHER, "no-such-type"), "line 2: labels: there is no type no-such-type"),
        (row(2, WEATHER, unsure=["nor-this"]), "line 2: unsure: there is no type nor-this"),
        (row(2, WEATHER, stances={ARB: "perhaps"}), "line 2: stances gives no type one of"),
        (row(2, WEATHER, stances={"nor-this": "denies"}), "line 2: stances: there is no type nor-this"),
        (row(2, WEATHER, stances={ARB: ["denies"]}), "line 2: stances gives no type one of"),
        (row(2, 7), "line 2: text is no text"),  # type: ignore[arg-type]
        (row(2, "no \0 here"), "line 2: text holds a NUL"),
        (row(2, WEATHER, heading="half \ud83d"), "line 2: heading holds a NUL or half a character"),
        (row(1, WEATHER), "line 2: id 1 stands in line 1 already"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, bad: Any, told: str) -> None:
    with pytest.raises(BadLabels) as refused:
        read_rows(write(tmp_path / "labels.jsonl", row(1, WEATHER), bad), TYPES)
    assert told in str(refused.value)


def test_every_faulty_row_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "labels.jsonl", "{", row(1, WEATHER), "", row(2, WEATHER, "what"), "x")
    with pytest.raises(BadLabels) as refused:
        read_rows(path, TYPES)
    assert [fault.split(":")[0] for fault in refused.value.faults] == ["line 1", "line 4", "line 5"]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match="no rows"):
        read_rows(write(tmp_path / "labels.jsonl", ""), TYPES)


def test_stances_and_unsure_may_be_missing_and_a_separator_inside_words_ends_no_line(tmp_path: Path) -> None:
    plain = {**without("stances"), "text": "One\u2028two three."}
    del plain["unsure"]
    (read,) = read_rows(write(tmp_path / "labels.jsonl", plain), TYPES)
    assert (read.text, read.unsure, dict(read.stances)) == ("One\u2028two three.", frozenset(), {})


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([{"id": 1, "types": []}], "no prediction for 1 of 2 rows, the first being id 2"),
        ([{"id": 1, "types": []}, {"id": 1, "types": []}], "line 2: a second prediction for id 1"),
        ([{"id": 1, "types": ["what"]}, {"id": 2, "types": []}], "line 1: types: there is no type what"),
    ],
)
def test_predictions_must_be_of_these_rows(tmp_path: Path, lines: list[Any], told: str) -> None:
    with pytest.raises(BadLabels) as refused:
        read_predictions(write(tmp_path / "out.jsonl", *lines), [made(1), made(2)], TYPES)
    assert told in str(refused.value)


def test_families_need_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "families.csv"
    path.write_text("service,family\nAcme Mail,Acme\nOther,\n")
    assert read_families(path) == {"Acme Mail": "Acme", "Other": "Other"}
    path.write_text("name\nAcme\n")
    with pytest.raises(BadLabels, match="service and family"):
        read_families(path)
