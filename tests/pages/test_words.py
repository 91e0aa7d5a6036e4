"""How the words of a clause are cut from a text and set."""

from __future__ import annotations

from conductatlas.pages.words import BEFORE, _last_words, lines


def test_items_and_rows_stand_on_lines_of_their_own() -> None:
    assert lines("You may\nnot:\n\n*   **sell** it;\n*   [lend](https://a.example) it,\n    or give it.") == (
        "You may not:\nsell it;\nlend it, or give it."
    )
    assert lines("| Data | Use |\n| --- | :-: |\n| A \\| B |  |\n| C | d |") == "Data | Use\nA | B\nC | d"
    assert lines("One line  \nand another\\\nand a third") == "One line\nand another\nand a third"


def test_context_begins_with_a_whole_word() -> None:
    long = "wordbefore " + "word " * 80
    assert set(_last_words(long[-BEFORE:] + "").split()) == {"word"}
    assert _last_words(("fragmented " * 40 + "\n\n")[-BEFORE:]).split()[0] == "fragmented"
    assert _last_words("A short paragraph.\n\n") == "A short paragraph."
