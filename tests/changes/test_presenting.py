"""A sheet shows each change once, where it stands, and says what it leaves out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changes.presenting import bounded, sheet
from changes.text.compare import compare
from changes.text.rows import rows

TEXTS = st.lists(st.sampled_from(["# One", "## Two", "some words here", "other words stand there", ""])).map(
    "\n\n".join
)
OLD = "# Terms\n\n## Money\n\nYou pay 5 euros a month.\n\nIt stays.\n\n## Law\n\nOur law holds.\n"
NEW = "# Terms\n\n## Money\n\nYou pay 9 euros a month.\n\nIt stays.\n\n## Law\n\nYour law holds.\n"


@given(TEXTS, TEXTS)
def test_offsets_and_paragraphs_point_at_the_words(old: str, new: str) -> None:
    for line in sheet(compare(old, new)).lines:
        if line.label:
            side = line.row.old if line.is_of_old else line.row.new
            assert (old if line.is_of_old else new)[line.start : line.end] == "".join(run.words for run in side)


@given(TEXTS, TEXTS, st.integers(min_value=1, max_value=5))
def test_what_is_left_out_is_counted(old: str, new: str, most: int) -> None:
    every = rows(compare(old, new))
    changed = sum(row.kind not in ("same", "fold") for row in every)
    shown, left_out = bounded(every, most=most)
    assert sum(row.kind not in ("same", "fold") for row in shown) + left_out == changed
    assert left_out == max(0, changed - most)


def test_a_heading_is_said_once_and_never_twice_over() -> None:
    lines = sheet(compare(OLD, NEW), context=0).lines
    assert [line.head for line in lines if line.head] == ["Money", "Law"]
    with_context = sheet(compare(OLD, NEW), context=1).lines
    assert [line.head for line in with_context if line.head] == []  # the headings are themselves among the lines


def test_white_space_alone_shows_nothing() -> None:
    shown = sheet(compare("One  two.\n\nThree.\n", "One two.\n\nThree.\n"))
    assert shown.total
    assert not shown.has_words


def test_large_words_for_few_changes_only() -> None:
    assert not sheet(compare(OLD, NEW)).is_small
    many = "\n\n".join(f"Paragraph {n} costs money." for n in range(9))
    assert sheet(compare(many, many.replace("money", "nothing at all"))).is_small
