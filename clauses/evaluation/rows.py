"""Reads labelled paragraphs: JSON lines, each row checked, each fault told with its line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from clauses.text.stance import Stance

_Made = TypeVar("_Made")
MOST_FAULTS = 20
"""Faults told of one file; more would not help to mend it."""
STANCES = (Stance.DOES.value, Stance.CONDITIONAL.value, Stance.DENIES.value)


class BadLabels(Exception):
    """A file cannot be used; `faults` say why, each with its line."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        self.faults = faults
        more = f"\n… and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        super().__init__(f"{path}: nothing was evaluated.\n" + "\n".join(faults[:MOST_FAULTS]) + more)


class WrongRow(Exception):
    """What is wrong with one row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled paragraph. `stances` has those labels that do not plainly do what their type is."""

    line: int
    id: str
    platform: str
    heading: str
    text: str
    labels: frozenset[str]
    unsure: frozenset[str]
    stances: Mapping[str, str]


def read_rows(path: Path, types: Collection[str]) -> list[Row]:
    """Read rows with id, platform, heading, text, labels, unsure and stances; the last two may be missing.

    Raises BadLabels when a row is no JSON, misses a field, names an unknown type or repeats an id.
    """
    known = frozenset(types)
    rows = read_lines(path, lambda line, row: _row(line, row, known))
    seen: dict[str, int] = {}
    repeated = [
        f"line {row.line}: id {row.id} stands in line {seen[row.id]} already"
        for row in rows
        if seen.setdefault(row.id, row.line) != row.line
    ]
    if repeated:
        raise BadLabels(path, repeated)
    return rows


def read_predictions(path: Path, rows: list[Row], types: Collection[str]) -> list[frozenset[str]]:
    """Read lines {"id", "types"} and return the types of each row; raises BadLabels if a row has none or two."""
    known = frozenset(types)

    def prediction(line: int, row: dict[str, Any]) -> tuple[int, str, frozenset[str]]:
        return line, identity(row), slugs(row, "types", known)

    given: dict[str, frozenset[str]] = {}
    faults = []
    for line, pk, found in read_lines(path, prediction):
        if pk in given:
            faults.append(f"line {line}: a second prediction for id {pk}")
        given[pk] = found
    missing = [row.id for row in rows if row.id not in given]
    if missing:
        faults.append(f"no prediction for {len(missing)} of {len(rows)} rows, the first being id {missing[0]}")
    if faults:
        raise BadLabels(path, faults)
    return [given[row.id] for row in rows]


def read_families(path: Path) -> dict[str, str]:
    """Return the family of companies of each platform, from a csv with the columns service and family."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"service", "family"} <= set(reader.fieldnames or ()):
            raise BadLabels(path, ["line 1: the columns service and family are needed"])
        return {row["service"]: row["family"] or row["service"] for row in reader}


def read_lines(path: Path, make: Callable[[int, dict[str, Any]], _Made]) -> list[_Made]:
    """Make something of each line that is not blank; raises BadLabels with every fault of the file."""
    made, faults = [], []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadLabels(path, [f"cannot be read: {fault}"]) from fault
    for line, words in enumerate(lines, start=1):
        if not words.strip():
            continue
        try:
            row = json.loads(words)
            if not isinstance(row, dict):
                raise WrongRow("no JSON object")
            made.append(make(line, row))
        except json.JSONDecodeError as fault:
            faults.append(f"line {line}: no JSON ({fault.msg}, column {fault.colno})")
        except WrongRow as fault:
            faults.append(f"line {line}: {fault}")
    if faults or not made:
        raise BadLabels(path, faults or ["there are no rows in it"])
    return made


def others(path: Path, rows: list[tuple[Any, _Made]], without: Collection[str]) -> list[_Made]:
    """Return what is of no family in `without`, given each with its family; raises BadLabels when nothing is left."""
    left = [made for family, made in rows if family not in without]
    if not left:
        raise BadLabels(path, ["every row is of a company that was to be left out"])
    return left


def words_of(row: dict[str, Any], field: str) -> str:
    """Return a field that must be words."""
    if not isinstance(row.get(field), str):
        raise WrongRow(f"{field} is missing" if field not in row else f"{field} is no text")
    words = str(row[field])
    if "\0" in words or any("\ud800" <= character <= "\udfff" for character in words):
        raise WrongRow(f"{field} holds a NUL or half a character, which no stored text can")
    return words


def identity(row: dict[str, Any]) -> str:
    """Return the id of a row, a number or words."""
    if isinstance(row.get("id"), bool) or not isinstance(row.get("id"), int | str):
        raise WrongRow("id is missing" if "id" not in row else "id is neither a number nor a text")
    return str(row["id"])


def slugs(row: dict[str, Any], field: str, known: frozenset[str], *, default: Any = None) -> frozenset[str]:
    """Return a field that must be a list of known types."""
    given = row.get(field, default)
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise WrongRow(f"{field} is missing" if given is None else f"{field} is no list of types")
    if unknown := sorted(set(given) - known):
        raise WrongRow(f"{field}: there is no type {unknown[0]}")
    return frozenset(given)


def _row(line: int, row: dict[str, Any], known: frozenset[str]) -> Row:
    labels = slugs(row, "labels", known)
    stances = row.get("stances", {})
    if not isinstance(stances, dict) or not all(one in STANCES for one in stances.values()):
        raise WrongRow(f"stances gives no type one of {', '.join(STANCES)}")
    if unknown := sorted(set(stances) - known):
        raise WrongRow(f"stances: there is no type {unknown[0]}")
    return Row(
        line=line,
        id=identity(row),
        platform=words_of(row, "platform"),
        heading=words_of(row, "heading"),
        text=words_of(row, "text"),
        labels=labels,
        unsure=slugs(row, "unsure", known, default=[]),
        stances=stances,
    )
