"""Menus, code, names of cookies, titles, notes of releases and other languages are left alone; clauses are not."""

from __future__ import annotations

import pytest

from clauses.text.apart import Apart, left_alone
from clauses.text.blocks import BlockKind, blocks

LINKS = "\n".join(f"*   [Section {n}](#s{n})" for n in range(5))
NAMES = "We set these cookies:\n\n*   \\_ga\n*   session_id\n*   csrftoken\n*   uid2"
TABLE = "| Cookie name | Purpose |\n| --- | --- |\n| \\_fbp | ads |\n| NID | ads |\n| lang_pref | language |"
CHANGES = (
    "*   Added a section on cookies.\n*   Fixed the link to the help pages.\n*   Removed the old address of our office."
)


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (Apart.MENU, LINKS),
        (Apart.MENU, "[Back to top](#top)"),
        (Apart.CODE, "```\nWe sell your data\n```"),
        (Apart.CODE, "window.dataLayer = window.dataLayer || []; function gtag() {} document.write(1); var x = 1"),
        (Apart.NAMES, NAMES),
        (Apart.NAMES, TABLE),
        (Apart.TITLE, "Information we obtain from others"),
        (Apart.CHANGES, CHANGES),
        (Apart.LANGUAGE, "Nous ne vendons pas les données que vous nous confiez, et nous ne les partageons avec personne."),
        (Apart.LANGUAGE, "Wir verkaufen die Daten nicht, die Sie uns geben, und wir teilen sie mit niemandem auf der Welt."),
        (Apart.LANGUAGE, "我们不会出售您的个人信息"),
        (None, "We do not sell your data."),
        (None, "See our [rules](https://a.example/r) and our [prices](https://a.example/p), which are part of this contract."),
        (None, "We share it with:\n\n*   banks\n*   lawyers\n*   the police, where the law asks it of us"),
        (None, "| Purpose | Data |\n| --- | --- |\n| To send you letters | Your name and address |\n| To be paid | Your card |"),
        (None, "Governing law: Norway."),
        (None, "WE SHALL NOT BE LIABLE TO YOU FOR ANY LOSS, WHATEVER ITS CAUSE, UNLESS THE LAW SAYS SO."),
    ],
)  # fmt: skip
def test_what_is_left_alone(why: Apart | None, text: str) -> None:
    (block,) = blocks(text)
    assert left_alone(block.kind, text) == why


def test_a_numbered_title_that_stands_alone_is_left_alone_and_an_item_is_not() -> None:
    assert left_alone(BlockKind.LIST, "19. APPLICABLE LAW AND JURISDICTION") == Apart.TITLE
    assert left_alone(BlockKind.LIST, "* Your name and address") is None
    assert left_alone(BlockKind.LIST, "19. These terms are governed by the law of France.") is None
