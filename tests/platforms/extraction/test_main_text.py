"""The main text of a page without its frame: one test for each rule."""

from __future__ import annotations

import pytest

from tests.platforms.extraction.pages import FILLER, paragraphs, text_of

POLICY = f"<h1>Privacy policy</h1>{paragraphs()}"
MENU = '<ul><li><a href="/a">Home</a></li><li><a href="/b">Our shops</a></li><li><a href="/c">Sign in</a></li></ul>'


def whole(text: str) -> bool:
    return text.startswith("# Privacy policy") and all(sentence in text for sentence in FILLER)


@pytest.mark.parametrize(
    "frame",
    [
        f"<nav>{MENU}</nav>",
        f"<header>{MENU}</header>",
        f"<footer>{MENU}<p>© 2026 Shop</p></footer>",
        f"<aside>{MENU}</aside>",
        f'<div role="navigation">{MENU}</div>',
        f'<div role="banner">{MENU}</div>',
        f'<div class="site-menu">{MENU}</div>',
        f'<div id="topNav">{MENU}</div>',
        f'<div class="breadcrumbs">{MENU}</div>',
        f'<div class="sidebar">{MENU}</div>',
        f'<div class="share-buttons">{MENU}</div>',
        f'<div class="related-posts"><h2>Also read</h2>{MENU}</div>',
        '<div class="newsletter"><p>Our shops send a letter each week to those who want one.</p></div>',
        '<div class="cookie-banner"><p>We use cookies on our shops to make them better for all of us.</p></div>',
        '<div id="onetrust-consent-sdk"><p>Our shops value your privacy and want your consent.</p></div>',
        '<div role="dialog"><p>Our shops want your consent for what they keep on your computer.</p></div>',
        '<div class="x1"><a href="/a">Home</a> <a href="/b">Our shops</a></div>',
        '<form><label>Search our shops</label><input name="q"><button>Go</button></form>',
        "<script>var shops = 'Our shops'</script><style>.shops{}</style><noscript>Our shops</noscript>",
        "<template><p>Our shops</p></template><svg><text>Our shops</text></svg>",
        '<iframe srcdoc="Our shops"></iframe>',
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_what_frames_the_text_is_left_out(frame: str, before: bool) -> None:
    column = f"<div class='text'>{POLICY}</div>"
    text = text_of(frame + column if before else column + frame)
    assert whole(text)
    assert "hops" not in text.replace("our shop.", "")


@pytest.mark.parametrize("mark", ['class="cookie-banner"', 'class="footer-page"', 'role="banner"', 'id="sidebar"'])
def test_a_policy_is_not_left_out_for_the_name_of_its_container(mark: str) -> None:
    assert whole(text_of(f"<div {mark}>{POLICY}</div>"))


def test_a_cookie_policy_keeps_its_tables() -> None:
    rows = "".join(f'<div class="cookie-card"><p>session_{i}</p><p>One year</p></div>' for i in range(5))
    text = text_of(f"<main>{POLICY}<h2>Cookies we use</h2><div class='cookies'>{rows}</div></main>")
    assert whole(text)
    assert text.count("One year") == 5


def test_a_long_dialog_does_not_pass_for_the_text() -> None:
    consent = f'<div role="dialog">{"<p>These vendors want to read what your browser keeps.</p>" * 100}</div>'
    text = text_of(consent + f"<div>{POLICY}</div>")
    assert whole(text)
    assert "vendors" not in text


def test_a_header_within_the_text_is_its_title() -> None:
    article = f"<article><header><h1>Privacy policy</h1><p>Effective 3 May 2026</p></header>{paragraphs()}</article>"
    assert text_of(f"<header>{MENU}</header>{article}").startswith("# Privacy policy\n\nEffective 3 May 2026\n\nWe ")


def test_the_title_above_the_column_comes_along_with_its_date() -> None:
    hero = '<div class="hero"><div><h1>Privacy policy</h1><span>Updated: 3 May 2026</span></div></div>'
    text = text_of(f"<div>{MENU}</div>{hero}<div class='rich'>{paragraphs()}</div>")
    assert text.startswith("# Privacy policy\n\nUpdated: 3 May 2026\n\nWe ")


def test_contents_within_the_text_stay_and_a_sidebar_of_contents_goes() -> None:
    contents = "<ul><li><a href='#a'>What we collect</a></li><li><a href='#b'>What we keep</a></li></ul>"
    inside = text_of(f"<main><h1>Privacy policy</h1><div>{contents}{paragraphs()}</div></main>")
    beside = text_of(f"<main><aside>{contents}</aside><div>{POLICY}</div></main>")
    assert "- [What we collect](#a)" in inside
    assert "What we collect" not in beside


@pytest.mark.parametrize(
    "hiding", ["hidden", 'style="display: none"', 'style="visibility:hidden"', 'aria-hidden="true"', 'class="sr-only"']
)
def test_hidden_words_go_and_hidden_text_stays(hiding: str) -> None:
    label = f"<span {hiding}>Opens in a new window</span>"
    text = text_of(f"<main>{POLICY}<p>See <a href='/x'>the list{label}</a>.</p></main>")
    assert whole(text)
    assert "new window" not in text
    panels = "".join(f"<h2>Part {i}</h2><div {hiding}>{paragraphs(2)}</div>" for i in range(4))
    assert text_of(f"<main><h1>Privacy policy</h1>{panels}</main>").count(FILLER[1]) == 4


def test_short_panels_of_an_accordion_stay_with_the_long_ones() -> None:
    panel = "<div class='panel' hidden>{}</div>"
    text = text_of(f"<main>{POLICY}{panel.format(paragraphs(4))}{panel.format('<p>None.</p>')}</main>")
    assert "\n\nNone.\n" in text


def test_closed_details_are_text_and_their_summary_a_title() -> None:
    text = text_of(f"<main>{POLICY}<details><summary>For children</summary>{paragraphs(2)}</details></main>")
    assert f"**For children**\n\n{FILLER[0]}" in text


def test_the_button_of_an_accordion_is_a_title_and_any_other_is_no_text() -> None:
    part = f"<h2><button>Sharing</button></h2><div>{paragraphs(2)}</div>"
    bare = f"<div><button aria-expanded='false'>Keeping</button></div><div>{paragraphs(2)}</div>"
    text = text_of(f"<main><h1>Privacy policy</h1>{part}{bare}<button>Print</button>{paragraphs()}</main>")
    assert "## Sharing" in text
    assert "\nKeeping\n" in text
    assert "Print" not in text


def test_long_text_beside_the_column_belongs_to_it() -> None:
    assert text_of(f"<div>{paragraphs(4)}</div><div>{paragraphs(60)}</div>").count(FILLER[0]) == 9


def test_pages_without_any_structure_are_kept_whole() -> None:
    text = text_of("".join(f"{sentence}<br><br>" for sentence in FILLER))
    assert text == "\n\n".join(FILLER) + "\n"


def test_tables_that_arrange_a_page_are_read_through() -> None:
    table = f"<table><tr><td><ul>{MENU}</ul></td><td>{POLICY}</td></tr></table>"
    text = text_of(table)
    assert whole(text)
    assert "|" not in text


def test_an_empty_page_has_no_text() -> None:
    assert text_of("<div id='root'></div><script>run()</script>") == ""
