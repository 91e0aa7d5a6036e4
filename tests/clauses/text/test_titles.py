"""Titles are told from words, with markup and without."""

from __future__ import annotations

import pytest

from clauses.text.blocks import BlockKind, blocks
from clauses.text.titles import is_bare_title, run_in_title

WORDS = "We keep your data for a year after you leave us, and not a day longer than that."


@pytest.mark.parametrize(
    "line",
    [
        "**Retention**",
        "**9.2 Termination by the Company.**",
        "5.  **Representations.**",
        "**How We Share Your Data.**",
        "_Information We Obtain from Others_",
        "4.2 Retention of data",
        "LIMITATION OF LIABILITY",
        "6\\. DISCLAIMER OF WARRANTIES.**",
    ],
)
def test_a_line_that_is_a_title(line: str) -> None:
    heading, paragraph = blocks(f"{line}\n\n{WORDS}")
    assert (heading.kind, paragraph.kind) == (BlockKind.HEADING, BlockKind.PARAGRAPH)
    assert len(paragraph.heading) == 1


@pytest.mark.parametrize(
    "line",
    [
        "**We never sell your data.**",
        "1) The film was not shown on time.",
        "Tel: 0800 1234 5678",
        f"{WORDS.upper()} {WORDS.upper()}",
        "_We may change this page._",
        "*   **irrevocable**",
        "17.  **[Miscellaneous](#17)**",
        "**What you must not do with what others have put there, as we see it:**",
    ],
)
def test_a_line_that_is_none(line: str) -> None:
    assert all(block.kind != BlockKind.HEADING for block in blocks(f"{line}\n\n{WORDS}"))


def test_a_numbered_title_stands_above_items_with_other_marks() -> None:
    heading, paragraph = blocks(f"17.  **Liability**\n\n*   17.1 {WORDS}")
    assert (heading.kind, paragraph.heading) == (BlockKind.HEADING, ("17. Liability",))
    first, *_ = blocks(f"17.  **Liability**\n18.  **Law** {WORDS} {WORDS}")
    assert first.kind == BlockKind.LIST


def test_steps_of_a_list_are_no_titles() -> None:
    text = f"To reset it:\n\n1.  Open **Settings**\n2.  Tap **Privacy**\n3.  {WORDS}"
    (block,) = blocks(text)
    assert block.kind == BlockKind.LIST


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("**Retention.** We keep it.", "Retention"),
        ("**Retention**: We keep it.", "Retention"),
        ("*   **Log data:** We keep it.", "Log data"),
        ("(c) **Recurring Payments.** You pay.", "(c) Recurring Payments"),
        ("**14.12 Notice.** We write to you.", "14.12 Notice"),
        ("11.9 Governing Law. (a) Norwegian law applies.", "11.9 Governing Law"),
        ("4.2.1 We may change it. You will hear of it.", ""),
        ("**Data** means what you upload.", ""),
        ("We keep it. **Always.**", ""),
    ],
)
def test_a_title_that_begins_a_paragraph(words: str, title: str) -> None:
    assert run_in_title(words) == title
    (block,) = blocks(words)
    assert block.path == ((title,) if title else ())


def test_numbered_words_leave_headings_that_they_are_no_part_of() -> None:
    text = f"# Terms\n\n**3.2 Accounts**\n\n{WORDS}\n\n3.2.1 {WORDS}\n\n5.3 {WORDS}\n\n{WORDS}"
    assert [block.heading for block in blocks(text) if block.number] == [
        ("Terms", "3.2 Accounts"),
        ("Terms", "3.2 Accounts"),
        ("Terms",),
        ("Terms",),
    ]


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("Information we obtain from others", True),
        ("How we share your data", True),
        ("Do Not Sell Rights", True),
        ("We sell your data", False),
        ("The law of Norway shall apply", False),
        ("You pay.", False),
    ],
)
def test_a_bare_title_says_nothing(line: str, bare: bool) -> None:
    assert is_bare_title(line) is bare
