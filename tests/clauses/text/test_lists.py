"""A sentence is never torn: a lead-in goes with its list, a series ends with its last item, a page break heals."""

from __future__ import annotations

import pytest

from clauses.text.blocks import BlockKind, blocks

LONG = "we hold it for as long as the contract with you lasts and for six years after its end, " * 5


def paragraphs(text: str) -> list[str]:
    return [text[block.start : block.end] for block in blocks(text) if block.number]


@pytest.mark.parametrize(
    "text",
    [
        "We collect the following:\n\n*   your name;\n*   your address.",
        "Quarrels are settled by either\n\n*   a court in Oslo for people who live there\n*   arbitration for all others.",
        f"You agree to pay us for:\n\n(a) a loss;\n\n(b) a fee; or\n\n(c) {LONG}which is all.",
        "You may ask for any of:\n\n*   a correction\n*   a copy (in a common format)\n\nby writing to our office in Oslo.",
        "We bill you on the first day of each month for the\n\nService that you chose in your account.",
        "You may object to it where the reason is an interest of ours and\n\nnothing else requires that we keep it.",
        "7.1\n\nYou may end the contract on any day.",
        "**(b)**\n\nYou may end the contract on any day.",
    ],
    ids=["colon", "broken off", "long last item", "goes on after", "capital after the", "small letter", "number", "letter"],
)  # fmt: skip
def test_one_sentence_is_one_paragraph(text: str) -> None:
    assert paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We keep it for a year.\n\nWe delete it then.", 2),
        ("We keep it for a year.\n\nand nothing is left.", 2),
        (
            "Do not:\n\n- shout at people\n- be somebody whom nobody would like to sit next to\n\nThe last line is vague.",
            2,
        ),
        ("Names of partners\n\n*   Foo\n*   Bar", 2),
        ("One short line of\n\n# Title\n\nwords that follow.", 2),
    ],
)
def test_what_ended_is_not_joined(text: str, count: int) -> None:
    assert len(paragraphs(text)) == count


def test_titled_items_without_a_lead_in_are_sections_of_their_own() -> None:
    words = (
        "You pay in advance for each month, by the card that you gave us, and we send you a bill for it by mail. " * 2
    )
    text = f"1.  **Billing.** {words}\n2.  **Taxes.** {words}\n3.  **Refunds.** {words}"
    assert len(paragraphs(text)) == 3
    assert len(paragraphs(f"These rules hold for payments:\n\n{text}")) == 1


def test_a_list_beneath_an_item_with_marks_of_another_kind_stays_with_it() -> None:
    text = "(e) You answer to us for a loss that arises from:\n\ni. your use of the Service;\n\nii. your content."
    following = "(f) We answer to you for a loss that we cause on purpose or by gross neglect of our duties."
    assert paragraphs(f"{text}\n\n{following}") == [text, following]


def test_a_block_knows_its_items_and_its_lead_in() -> None:
    text = "We share it with:\n\n*   our lawyers\n*   our bank\n    and its branches"
    (block,) = blocks(text)
    assert block.kind == BlockKind.LIST
    assert [text[start:].split("\n")[0] for start in block.items] == ["*   our lawyers", "*   our bank"]
