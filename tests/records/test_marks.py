"""Ranges of a stored text, marked where a reader sees them, and links by a text fragment."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.text.plain import plain
from conductatlas.pages.version import sheet
from conductatlas.records.fragments import text_directive
from conductatlas.records.marks import marked_sheet

PIECES = [
    "# Terms & Conditions", "Words **bold** and _slanted_ ones, [a link](https://a.example/x_y?z=words) too.", "",
    "- First item, “quoted”.", "- Second [item](https://b.example/) <https://c.example/p>", "One & two", "",
    "| Cell one | **Cell** two |", "| --- | --- |", "| 3 < 4 | \\*five\\* |", "", "> Said *so* `code here` (in part).",
    "Ünïcode — 日本語の文 and 𝒜stral.", "## 2. More", "A line\nthat goes on &amp; on; it ends.", "",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("\n".join)


def letters(words: str) -> str:
    return "".join(re.findall(r"[^\W_]", words))


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@settings(max_examples=50)
@given(texts, st.data())
def test_what_is_marked_is_the_range_and_nothing_else(text: str, data: st.DataObject) -> None:
    spans = [match.span() for match in re.finditer(r"(?<![\w/.?=&])[^\W_]+(?![\w/.?=:;])", text)]
    if not spans:
        return
    a, b = sorted(data.draw(st.lists(st.integers(0, len(spans) - 1), min_size=2, max_size=2)))
    start, end = spans[a][0], spans[b][1]
    parts, is_marked = marked_sheet(text, start, end)
    marked = [mark for part in parts for mark in re.findall(r"<mark[^>]*>(.*?)</mark>", part.html, re.DOTALL)]
    assert re.sub(r"</?mark[^>]*>", "", "".join(p.html for p in parts)) == "".join(p.html for p in sheet(text))
    assert "".join(p.html for p in parts).count('id="words"') == is_marked
    # What stands in the source and is shown is marked; addresses and marks of Markdown are not shown.
    shown = letters("".join(words_of(part.html) for part in sheet(text)))
    assert letters(words_of("".join(marked))) in shown
    inside = re.sub(r"\]\([^)]*\)?|^[-|: ]+$", "", text[start:end], flags=re.MULTILINE)
    assert letters(words_of("".join(marked))) == letters(plain(inside)) or not is_marked


def test_a_range_of_several_paragraphs_is_marked_through() -> None:
    text = "# Head\n\nOne **two** three.\n\n- four\n- “five” six\n"
    parts, is_marked = marked_sheet(text, text.index("two"), text.index(" six"))
    assert is_marked
    assert [part.html for part in parts[1:]] == [
        '<p>One <strong><mark id="words">two</mark></strong><mark> three.</mark></p>\n',
        "<ul>\n<li><mark>four</mark></li>\n<li><mark>“five”</mark> six</li>\n</ul>\n",
    ]
    assert marked_sheet("A — b", 2, 3) == (sheet("A — b"), False)


@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_a_directive_says_the_words_and_nothing_that_has_a_meaning(words, before, after, is_alone) -> None:
    directive = text_directive(words, before=before, after=after, is_alone=is_alone)
    if not words.split():
        assert directive == "" or not directive
        return
    assert directive.startswith(":~:text=")
    pieces = directive.removeprefix(":~:text=").split(",")
    prefix = [piece for piece in pieces if piece.endswith("-")]
    suffix = [piece for piece in pieces if piece.startswith("-")]
    own = [piece for piece in pieces if piece not in prefix + suffix]
    assert 1 <= len(own) <= 2
    assert (len(prefix), len(suffix)) == ((0, 0) if is_alone else (bool(before.split()), bool(after.split())))
    assert all(re.fullmatch(r"[A-Za-z0-9._~%]+", piece.strip("-")) for piece in pieces)
    said = " ".join(words.split())
    assert said.startswith(unquote(own[0]))
    assert said.endswith(unquote(own[-1]))


def test_directives_by_the_specification() -> None:
    assert text_directive("share, sell - or & rent", is_alone=True) == ":~:text=share%2C%20sell%20%2D%20or%20%26%20rent"
    assert text_directive("we may", before="As told, ", after="share") == ":~:text=As%20told%2C-,we%20may,-share"
    assert text_directive("one two\nthree", is_alone=True) == ":~:text=one%20two,three"
    long = " ".join(f"w{n}" for n in range(60))
    assert text_directive(long, is_alone=True) == (
        ":~:text=w0%20w1%20w2%20w3%20w4%20w5,w54%20w55%20w56%20w57%20w58%20w59"
    )
