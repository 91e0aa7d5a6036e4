"""Long lists and tables are judged by their items and rows, with what governs them; none speaks for the others."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.blocks import blocks
from clauses.text.found import Found, TextReader, is_lead_in
from clauses.text.pieces import cut, runs
from tests.clauses.text.test_blocks import MARKDOWN

SALE = "If we are involved in a merger, acquisition or bankruptcy, your personal information may be transferred to the buyer."
LAW = "We may disclose your personal information to law enforcement where a court order, subpoena or other legal process requires it."
FILLER = (
    "We like to hear from you, and somebody answers every letter that comes, in the order in which they came to us."
)
ITEMS = [FILLER, FILLER, LAW, FILLER, FILLER, FILLER, SALE, FILLER]
TYPES = {"business-transfer", "law-enforcement-disclosure", "personal-data-collection", "cookies-and-tracking"}


def read(text: str) -> list[Found]:
    return list(TextReader(TYPES).read(text).found)


def quoted(text: str, slug: str) -> list[str]:
    return [one.words for one in read(text) if one.type == slug]


def test_an_item_of_a_long_list_is_quoted_alone() -> None:
    text = "In short:\n\n" + "\n".join(f"*   {item}" for item in ITEMS)
    assert quoted(text, "business-transfer") == [f"*   {SALE}"]
    assert quoted(text, "law-enforcement-disclosure") == [f"*   {LAW}"]


def test_a_row_of_a_long_table_is_quoted_alone() -> None:
    rows = "\n".join(f"| Case {n} | {item} |" for n, item in enumerate(ITEMS))
    text = f"| Case | What we do |\n| --- | --- |\n{rows}"
    assert quoted(text, "business-transfer") == [f"| Case 6 | {SALE} |"]


def test_neighbours_that_say_the_same_are_one_passage() -> None:
    items = [FILLER, FILLER, FILLER, SALE, SALE.replace("merger", "takeover"), FILLER, FILLER, FILLER]
    text = "In short:\n\n" + "\n".join(f"*   {item}" for item in items)
    (words,) = quoted(text, "business-transfer")
    assert words == f"*   {items[3]}\n*   {items[4]}"


def test_a_very_long_table_is_quoted_in_parts() -> None:
    rows = "\n".join(f"| Case {n} | {SALE if n % 7 else FILLER} {FILLER if n > 30 else SALE} |" for n in range(40))
    parts = quoted(f"| Case | What we do |\n| --- | --- |\n{rows}", "business-transfer")
    assert len(parts) > 1
    assert all(len(words.split()) < 500 for words in parts)


def test_a_list_that_says_one_thing_is_quoted_with_its_lead_in() -> None:
    items = [
        f"the personal data number {n} that you give us, such as your name and the address of your house"
        for n in range(9)
    ]
    text = "We collect the following personal information from you:\n\n" + "\n".join(f"*   {item};" for item in items)
    assert quoted(text, "personal-data-collection") == [text]


def test_a_lead_in_is_quoted_with_the_paragraph_that_it_announces() -> None:
    text = f"In a merger, acquisition or bankruptcy, your personal information may be transferred, as follows:\n\n**Sale.** {SALE}"
    assert quoted(text, "business-transfer") == [text]
    assert is_lead_in("as follows:**")
    assert not is_lead_in("as follows: all of it.")


def test_what_is_no_clause_is_not_judged() -> None:
    table = "| Cookie | Purpose | Duration |\n| --- | --- | --- |\n" + "".join(
        f"| \\_ga{n} | A cookie that tracks which pages you visit | 1 year |\n" for n in range(9)
    )
    assert read(table) == []
    assert read("Cookies and other tracking technologies we use to collect information") == []


@given(MARKDOWN)
def test_pieces_lie_apart_and_in_order(text: str) -> None:
    for block in blocks(text):
        words = text[block.start : block.end]
        assert list(block.items) == sorted(set(block.items))
        assert all(block.start <= start < block.end for start in block.items)
        parts = cut(block, words)
        position = 0
        for start, end in parts.pieces if parts else ():
            assert position <= start < end <= len(words)
            assert words[start:end].strip()
            position = end


@given(st.lists(st.booleans(), max_size=30))
def test_runs_hold_whatever_speaks(says: list[bool]) -> None:
    found = runs(says)
    assert all(any(first <= place <= last for first, last in found) for place, said in enumerate(says) if said)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert len(found) <= 3
    assert bool(found) == any(says)
