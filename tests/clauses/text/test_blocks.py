"""Segmentation loses nothing, and keeps together what belongs together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clauses.text.blocks import BlockKind, blocks
from clauses.text.moved import moved
from clauses.text.plain import plain
from clauses.text.sentences import sentences

PIECES = st.sampled_from(
    ["# Title", "Words here.", "* item one", "  * nested", "1. first", "\n", "\n\n", "**Bold line**", "|a|b|", "|---|---|",
     "===", "---", "```", "\u2028", "\x0c", "\u0085", "\ufeff", "\U0001f600 sign", "the following:", "    indented", "\r\n", "ב ע"]
)  # fmt: skip
MARKDOWN = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=40).map("\n".join), st.lists(PIECES, max_size=30).map("".join)
)


@given(MARKDOWN)
def test_blocks_cover_every_word_in_order(text: str) -> None:
    position, number = 0, 0
    for block in blocks(text):
        assert not text[position : block.start].strip()
        words = text[block.start : block.end]
        assert words
        assert words == words.strip()
        if block.number:
            number += 1
            assert block.number == number
        position = block.end
    assert not text[position:].strip()


@given(MARKDOWN)
def test_sentences_cover_every_word_in_order(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()


@given(MARKDOWN)
def test_plain_words_are_folded(text: str) -> None:
    words = plain(text)
    assert words == " ".join(words.split())


def test_a_lead_in_keeps_its_list() -> None:
    text = "We collect:\n\n*   your name\n*   your address\n\nWe keep it."
    first, second = blocks(text)
    assert text[first.start : first.end].endswith("your address")
    assert (first.kind, second.number) == (BlockKind.LIST, 2)


def test_a_table_stays_whole() -> None:
    (table,) = blocks("| What | Why |\n| --- | --- |\n| name | billing |")
    assert table.kind == BlockKind.TABLE


def test_headings_make_the_path() -> None:
    text = (
        "# Policy\n\nUse of data\n-----------\n\nWe use it.\n\n**4. Sharing**\n\nWe share it.\n\n# Other\n\nMore words."
    )
    paths = [block.heading for block in blocks(text) if block.number]
    assert paths == [("Policy", "Use of data"), ("Policy", "Use of data", "4. Sharing"), ("Other",)]


def test_plain_leaves_markup_out() -> None:
    assert (
        plain("See [the **rules**](https://x.example/a_(b)) & ![a map](m.png) \\*now\\*")
        == "See the rules & a map *now*"
    )
    assert plain("| a | b |\n| --- | --- |\n| c<br>d | e |").split() == ["a", "b", "c", "d", "e"]


def test_sentences_know_abbreviations() -> None:
    text = "Acme Inc. runs it. See Sec. 4.2 and U.S. law. It ends."
    assert [text[a:b] for a, b in sentences(text)] == ["Acme Inc. runs it.", "See Sec. 4.2 and U.S. law.", "It ends."]


def test_a_shift_is_no_move_and_another_heading_is() -> None:
    before = [(1, "a"), (2, "a"), (3, "b")]
    assert moved(before, [(9, "a"), (1, "a"), (2, "a"), (3, "b")]) == set()
    assert moved(before, [(1, "a"), (2, "c"), (3, "b")]) == {2}
    assert moved(before, [(3, "b"), (1, "a"), (2, "a")]) == {3}


@given(st.lists(st.integers(0, 30), unique=True), st.randoms())
def test_what_did_not_move_keeps_its_order(keys: list[int], chance) -> None:
    after = keys[:]
    chance.shuffle(after)
    gone = moved([(k, "") for k in keys], [(k, "") for k in after])
    assert [k for k in after if k not in gone] == [k for k in keys if k not in gone]
