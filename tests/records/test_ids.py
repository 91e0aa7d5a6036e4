"""Record ids, as people write them."""

from hypothesis import given
from hypothesis import strategies as st

from conductatlas.records.ids import RecordId, parse_record_id


@given(st.sampled_from("DPC"), st.integers(1, 10**9), st.sampled_from("-–—_ "), st.booleans())
def test_what_is_written_is_read(letter: str, number: int, dash: str, lower: bool) -> None:
    written = str(RecordId(letter, number)).replace("-", dash)
    assert parse_record_id(f" ({written.lower() if lower else written}). ") == RecordId(letter, number)


@given(st.text(max_size=30))
def test_nothing_else_is_read(written: str) -> None:
    found = parse_record_id(written)
    assert found is None or written.strip(" .,;:()[]<>\"'“”‘’\n\t\r").upper().startswith("CA")
