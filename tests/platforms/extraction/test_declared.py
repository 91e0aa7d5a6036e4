"""Declared selectors."""

from __future__ import annotations

import pytest

from platforms.text.extraction import Declaration, SelectorsMatchNothing, extract
from tests.platforms.extraction.pages import page, paragraphs


def declared(body: str, *select: str, remove: tuple[str, ...] = ()) -> str:
    return extract(page(body), declaration=Declaration(select, remove)).markdown


def test_what_is_selected_comes_in_the_order_of_the_page() -> None:
    body = "<p class='b'>One</p><p>Not</p><p class='a'>Two</p>"
    assert declared(body, ".a", ".b") == "One\n\nTwo\n"


def test_what_is_selected_twice_comes_once() -> None:
    body = "<div class='a'><p class='b'>One</p></div>"
    assert declared(body, ".b", ".a", "p") == "One\n"


def test_what_is_removed_goes_from_what_is_selected() -> None:
    body = "<main>One <p class='x'>Not</p><footer>Two</footer></main>"
    assert declared(body, "main", remove=(".x",)) == "One\n\nTwo\n"


def test_removal_alone_leaves_the_main_text() -> None:
    body = f"<nav>Menu</nav><main>{paragraphs()}<p class='x'>Not this line of words, whatever it says.</p></main>"
    text = extract(page(body), declaration=Declaration(remove=(".x",))).markdown
    assert "Not this" not in text
    assert "Menu" not in text
    assert text.startswith("We collect")


def test_a_curator_may_select_a_menu_or_hidden_text() -> None:
    assert declared("<nav hidden>Words<script>no()</script></nav>", "nav") == "Words\n"


@pytest.mark.parametrize("selector", ["h2:has(+ p)", "[data-x='1' i]", "div > p:nth-of-type(2)", ":is(h2, .none)"])
def test_selectors_are_those_of_browsers(selector: str) -> None:
    assert declared("<div data-x='1'><h2>One</h2><p>Two</p><p>Three</p></div>", selector) != ""


def test_selectors_that_match_nothing_say_so() -> None:
    with pytest.raises(SelectorsMatchNothing, match=r"matches \.gone, #away.*new declaration"):
        declared("<p>One</p>", ".gone", "#away")


@pytest.mark.parametrize("wrong", ["p[", "::", "p:contains('x')"])
def test_what_is_no_selector_says_so(wrong: str) -> None:
    with pytest.raises(SelectorsMatchNothing, match="no CSS selector"):
        declared("<p>One</p>", wrong)
    with pytest.raises(SelectorsMatchNothing, match="no CSS selector"):
        declared("<p>One</p>", "p", remove=(wrong,))
