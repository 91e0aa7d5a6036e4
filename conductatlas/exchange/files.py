"""Reads and writes tables as CSV and JSON, in the ways in which people's programs save them.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and read without.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Cells = Mapping[str, str]
"""A row: what stands in each column."""

FORMATS = ("csv", "json")
LARGEST = 64_000_000
"""Bytes of a file that is read."""
MOST_ROWS = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""Beginnings that programs take for a formula (OWASP, CSV injection), and the apostrophe that disarms them."""


class UnreadableFile(ValueError):
    """A file that is no table; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: `number` is the line in which it ends in CSV, and its place in the list, from 1, in JSON."""

    number: int
    cells: Cells


def write_csv(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Yield a CSV file, line by line: comma, quotation marks where needed, CRLF (RFC 4180)."""
    yield _line(columns)
    for row in rows:
        yield _line([_disarmed(row[column]) for column in columns])


def write_json(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Yield a JSON list of objects, one a line."""
    separator = "[\n"
    for row in rows:
        yield separator + json.dumps({column: row[column] for column in columns}, ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def read_table(body: bytes, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV or JSON file; it is JSON where it begins with a bracket.

    Raises UnreadableFile for another encoding than UTF-8, unknown or missing columns, or too much of anything.
    """
    if len(body) > LARGEST:
        raise UnreadableFile(f"The file has {len(body):,} bytes; at most {LARGEST:,} are read. Split it.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableFile(
            f"The file is not in UTF-8 (byte {fault.start:,} is none of it). Save it as “CSV UTF-8”."
        ) from None
    if "\0" in text:
        raise UnreadableFile("The file holds NUL characters: it is no text. Save it as “CSV UTF-8”.")
    rows = _from_json(text, columns, needed) if text.lstrip()[:1] == "[" else _from_csv(text, columns, needed)
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(f"The file has {len(rows):,} rows; at most {MOST_ROWS:,} are read. Split it.")
    return rows


def _from_csv(text: str, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    names: list[str] = []
    try:
        for line in reader:
            if not any(cell.strip() for cell in line):
                continue
            if not names:
                names = [cell.strip() for cell in line]
                _check(names, columns, needed)
                continue
            if len(line) > len(names):
                raise UnreadableFile(
                    f"Line {reader.line_num} has {len(line)} cells for {len(names)} columns. "
                    "A cell that holds the separator stands in quotation marks."
                )
            cells = [_armed(cell) for cell in line] + [""] * (len(names) - len(line))
            found.append(Row(reader.line_num, dict(zip(names, cells, strict=True))))
    except csv.Error as fault:
        raise UnreadableFile(f"Line {reader.line_num} is no CSV: {fault}.") from None
    if not names:
        raise UnreadableFile(f"The file is empty. Its first line names the columns: {', '.join(columns)}.")
    return found


def _from_json(text: str, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"The file begins as JSON and is none: {fault}.") from None
    found = []
    for number, value in enumerate(values, start=1):
        if not isinstance(value, dict):
            raise UnreadableFile(f"Item {number} is no object. The file is a list of objects, one a row.")
        _check(list(value), columns, needed, where=f"Item {number}")
        found.append(Row(number, {name: _text(cell) for name, cell in value.items()}))
    return found


def _check(names: Sequence[str], columns: Sequence[str], needed: Sequence[str], where: str = "The first line") -> None:
    """Raise UnreadableFile for columns that are missing, unknown, or there twice."""
    missing = [name for name in needed if name not in names]
    unknown = [name for name in names if name not in columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults = [f"lacks {', '.join(missing)}"] if missing else []
    faults += [f"has {', '.join(map(repr, unknown))}, which is not known"] if unknown else []
    faults += [f"has {', '.join(twice)} twice"] if twice else []
    if faults:
        raise UnreadableFile(f"{where} {' and '.join(faults)}. The columns are: {', '.join(columns)}.")


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None else json.dumps(cell, ensure_ascii=False, sort_keys=True)


def _disarmed(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _armed(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
