"""HTML written as Markdown."""

from __future__ import annotations

import pytest

from tests.platforms.extraction.pages import markdown_of


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>One</h1><h2>Two <b>bold</b></h2><p>Three</p>", "# One\n\n## Two bold\n\nThree"),
        ("<h3>Over<br>two</h3>", "### Over two"),
        ("<p>A <b>bold </b>and <i> slanted</i> word</p>", "A **bold** and _slanted_ word"),
        ("<b><p>One</p><p>Two</p></b>", "**One**\n\n**Two**"),
        ("<p><b>One</b><b>Two</b> <b>Three</b> four</p>", "**OneTwo Three** four"),
        ("<h2>One<a href='#one'>¶</a></h2>", "## One"),
        ("<p>One<br>Two<br><br>Three</p>", "One\nTwo\n\nThree"),
        ("<p>One\n  two&nbsp; three</p>", "One two three"),
        ("<p>so&shy;ft\u200b</p>", "soft"),
        ("<span>a</span><span>b</span>", "ab"),
        ("<div>One<p>Two</p>Three</div>", "One\n\nTwo\n\nThree"),
        ("<ul><li>One<ul><li>Deep</li></ul></li><li>Two</li></ul>", "- One\n  - Deep\n- Two"),
        ("<ol start=3><li>Three</li><li value=7>Seven</li><li>Eight</li></ol>", "3. Three\n7. Seven\n8. Eight"),
        ("<ol><li><p>One</p><p>More</p></li><li>Two</li></ol>", "1. One\n\n   More\n\n2. Two"),
        ("<ul><li>One</li><ul><li>Deep</li></ul></ul>", "- One\n  - Deep"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\n\nMeaning"),
        ("<blockquote><p>One</p><p>Two</p></blockquote>", "> One\n>\n> Two"),
        ("<p>One</p><hr><p>Two</p>", "One\n\nTwo"),
        ("<p><code>x = 1</code> or <code>y</code> <code>z</code></p>", "`x = 1` or `y` `z`"),
        ("<pre>if (x) {\n  y();\n}</pre>", "```\nif (x) {\n  y();\n}\n```"),
        ("<pre>Words of a\nparagraph.\n\nAnother.</pre>", "Words of a paragraph.\n\nAnother."),
        ("<p>Look <img src=x alt='A map'> here<img src=y></p>", "Look A map here"),
        ("<p>1. One</p><p># Two</p><p>- Three</p><p>+1</p>", "1\\. One\n\n\\# Two\n\n\\- Three\n\n+1"),
        ("<p>a*b [c] snake_case _x_ &lt;b&gt; &amp;amp;</p>", "a\\*b \\[c\\] snake_case \\_x\\_ \\<b> &amp;amp;"),
        ("<p></p><p> </p><b> </b><ul></ul>", ""),
        ("<h2></h2><a href='/x'></a>", ""),
    ],
)
def test_html_is_written_as_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == (f"{markdown}\n" if markdown else "")


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("/terms", "[x](https://shop.example/terms)"),
        ("#part", "[x](https://shop.example/a/b#part)"),
        ("../c?d=1", "[x](https://shop.example/c?d=1)"),
        ("mailto:a@shop.example", "[x](mailto:a@shop.example)"),
        ("https://other.example/a (b)", "[x](https://other.example/a%20%28b%29)"),
        ("javascript:alert(1)", "x"),
        ("JaVa\nScript:alert(1)", "x"),
        ("data:text/html,x", "x"),
        ("http://[broken", "x"),
        ("", "x"),
    ],
)
def test_links_are_absolute_and_lead_somewhere(href: str, written: str) -> None:
    assert markdown_of(f'<a href="{href}">x</a>', "https://shop.example/a/b") == f"{written}\n"


def test_the_base_of_a_page_counts() -> None:
    assert markdown_of('<base href="/deep/"><a href="x">y</a>', "https://shop.example/") == (
        "[y](https://shop.example/deep/x)\n"
    )


def test_a_table_of_data_has_bars() -> None:
    html = """<table><caption>Cookies</caption><tr><th>Name<th>Use<th>Kept
      <tr><td>a|b<td><ul><li>One<li>Two</ul><td rowspan=2>A year<tr><td colspan=2>c</table>"""
    assert markdown_of(html) == (
        "Cookies\n\n| Name | Use | Kept |\n| --- | --- | --- |\n| a\\|b | One<br>Two | A year |\n| c |  |  |\n"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>One</p></td></tr><tr><td><p>Two</p></td></tr></table>",
        "<table role=presentation><tr><td>One</td><td>Two</td></tr></table>",
        "<table><tr><td><h2>One</h2></td><td>Two</td></tr></table>",
    ],
)
def test_a_table_that_arranges_a_page_has_none(html: str) -> None:
    assert "|" not in markdown_of(html)
