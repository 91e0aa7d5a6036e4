"""Record ids, as people write them."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from conductatlas.records.ids import RecordId, Written, parse_record_id, parse_written

EVERY = [chr(n) for n in range(sys.maxunicode + 1)]
DASHES = [c for c in EVERY if unicodedata.category(c) == "Pd"] + ["−", "_", "\u00ad"]  # fmt: skip
BLANKS = [c for c in EVERY if unicodedata.category(c) == "Zs"] + ["", "\t", "\u200b"]
MARKS = [c for c in EVERY if unicodedata.category(c) in ("Ps", "Pe", "Pi", "Pf", "Po", "Zs")]
FULL_WIDTH = str.maketrans("0123456789", "".join(chr(n) for n in range(0xFF10, 0xFF1A)))
around = st.lists(st.sampled_from(MARKS), max_size=3).map("".join)
between = st.builds(lambda *parts: "".join(parts), *[st.sampled_from(s) for s in (BLANKS, [*DASHES, ""], BLANKS)])
records = st.builds(RecordId, st.sampled_from("DPC"), st.integers(1, 10**12))
revisions = st.none() | st.integers(1, 10**6)
spellings = st.sampled_from(["/v", " V ", "v", "/V", ", rev. ", "-v", " version ", " (revision ", "/r", " ver. "])


@given(records, revisions, spellings, st.lists(between, min_size=2, max_size=2), around, around, st.data())
def test_what_is_written_is_read(record, number, spelling, gaps, before, after, data) -> None:
    digits = f"{record.number:0{data.draw(st.integers(1, 18))}d}"
    written = f"CA{gaps[0]}{record.letter}{gaps[1]}{digits}" + (f"{spelling}{number}" if number else "")
    if data.draw(st.booleans()):
        written = written.lower()
    if data.draw(st.booleans()):
        written = written.translate(FULL_WIDTH)
    assert parse_written(f"{before}{written}{after}") == Written(record, number)
    assert parse_record_id(f"{before}{written}{after}") == (None if number else record)


@given(st.text(max_size=30))
def test_nothing_else_is_read(written: str) -> None:
    found = parse_written(written)
    letters = [c for c in unicodedata.normalize("NFKC", written).upper() if unicodedata.category(c)[0] in "LN"]
    assert found is None or "".join(letters).startswith(f"CA{found.record.letter}")


def test_what_names_no_record_is_refused() -> None:
    for written in ("", "CA-P-", "CA-P-0", "CA-X-1", "CA-P-1x", "CA-P-1/v0", "1", "CA-P-1 CA-P-2", "CA-P-1/v"):
        assert parse_written(written) is None
    assert parse_written("ca-p-10005/V3.JSON.") == Written(RecordId("P", 10005), 3, ".json")
