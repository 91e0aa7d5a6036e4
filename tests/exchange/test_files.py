"""What is written is read back the same, by any program's habits; what is no table is refused with a sentence."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conductatlas.exchange.files import UnreadableFile, read_table, write_csv, write_json

COLUMNS = ["slug", "name", "note"]
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
ROWS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)).filter(lambda r: any(c.strip() for c in r.values()))
)


@given(ROWS)
@pytest.mark.parametrize("write", [write_csv, write_json])
def test_what_is_written_is_read_back(write, rows) -> None:
    body = "".join(write(COLUMNS, rows)).encode()
    assert [dict(row.cells) for row in read_table(body, COLUMNS, ["slug"])] == rows


@given(ROWS)
def test_no_cell_of_a_csv_file_begins_as_a_formula(rows) -> None:
    written = csv.reader(io.StringIO("".join(write_csv(COLUMNS, rows)), newline=""))
    assert not [cell for line in written for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_habits_of_spreadsheets_are_known(separator: str, mark: str, end: str) -> None:
    lines = [["slug", "name"], ["acme", "Acme"], ["", ""], ["other", "Öther"]]
    body = (mark + end.join(separator.join(line) for line in lines) + end).encode()
    assert [dict(row.cells) for row in read_table(body, COLUMNS, ["slug"])] == [
        {"slug": "acme", "name": "Acme"},
        {"slug": "other", "name": "Öther"},
    ]


def test_a_short_line_has_empty_cells_at_its_end() -> None:
    (row,) = read_table(b"slug,name,note\nacme\n", COLUMNS, ["slug"])
    assert row.cells == {"slug": "acme", "name": "", "note": ""}
    assert row.number == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("slug,name\nacme,Ö\n".encode("latin-1"), "not in UTF-8"),
        ("slug,name\n".encode("utf-16"), "not in UTF-8"),
        (b"slug\nac\0me\n", "NUL"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name\nAcme\n", "lacks slug"),
        (b"slug,colour\nacme,red\n", "'colour', which is not known"),
        (b"slug,name,name\na,b,c\n", "has name twice"),
        (b"slug,name\nacme,Acme, Inc.\n", "Line 2 has 3 cells for 2 columns"),
        (b'slug,name\nacme,"Acme\n', "is no CSV"),
        (b'[{"slug": "acme"', "begins as JSON and is none"),
        (b'["acme"]', "Item 1 is no object"),
        (json.dumps([{"slug": "a"}, {"name": "b"}]).encode(), "Item 2 lacks slug"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_table(body, COLUMNS, ["slug"])


def test_json_may_hold_values_that_are_no_text() -> None:
    (row,) = read_table(b'[{"slug": "acme", "name": null, "note": [1, {"b": "c"}]}]', COLUMNS, ["slug"])
    assert row.cells == {"slug": "acme", "name": "", "note": '[1, {"b": "c"}]'}
