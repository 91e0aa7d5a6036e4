"""Hostile and broken documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platforms.text.extraction import Declaration, UnreadableDocument, extract
from tests.platforms.extraction.pages import FILLER, page, paragraphs, text_of

TAG_LIST = (
    "div p ul ol li table tr td th b i a h1 h2 span nav header footer form details summary pre br blockquote button"
)
TAGS = TAG_LIST.split()
OPENING = st.builds(
    "<{}{}>".format,
    st.sampled_from(TAGS),
    st.sampled_from(
        [
            "",
            " hidden",
            " class='menu'",
            " role=dialog",
            " start=99999999999",
            " colspan=9999999999",
            " rowspan=0",
            " href='//['",
        ]
    ),
)
CLOSING = st.builds("</{}>".format, st.sampled_from(TAGS))
WORDS = st.sampled_from(
    [*FILLER, "word", "\0", "\n\n", "&nbsp;", "&#xd800;", "&lt;", "*", "1. ", "| ", "\ufffe", "日本語のプライバシー"]
)
NOISE = st.sampled_from(["<script>bad()</script>", "<style>.a{}</style>", "<!--", "-->", "<script>bad()", "<svg><p>"])
SOUP = st.lists(st.one_of(OPENING, CLOSING, WORDS, NOISE), max_size=60).map("".join)


@settings(max_examples=400)
@given(SOUP)
def test_any_soup_of_tags_gives_clean_markdown(soup: str) -> None:
    for declaration in (Declaration(), Declaration(("body",))):
        found = extract(soup.encode("utf-8", "replace"), declaration=declaration)
        text = found.markdown
        assert "<script" not in text
        assert "bad()" not in text
        assert "\0" not in text
        assert text == "" or (text.endswith("\n") and not text.endswith("\n\n") and text[0] not in " \n")
        assert "\n\n\n" not in text
        assert all(line == line.rstrip() for line in text.split("\n"))
        assert text == extract(soup.encode("utf-8", "replace"), declaration=declaration).markdown
        text.encode("utf-8")


@given(
    st.binary(max_size=500), st.sampled_from(["", "text/html", "text/plain", "text/markdown", "application/pdf", "a/b"])
)
def test_any_bytes_give_a_text_or_say_why_not(body: bytes, content_type: str) -> None:
    for mark in (b"", b"%PDF-1.4\n"):
        try:
            extract(mark + body, content_type=content_type)
        except UnreadableDocument:
            continue


@pytest.mark.parametrize(
    "tag", ["div", "b", "ul><li", "ol><li", "blockquote", "table><tr><td", "span", "font", "details", "a"]
)
def test_deep_pages_are_read_to_the_ground(tag: str) -> None:
    deep = f"<{tag}>" * 10_000 + "Deep words" + paragraphs(2)
    assert "Deep words" in text_of(deep)
    assert FILLER[1] in text_of(deep)


def test_ten_megabytes_are_read() -> None:
    hidden = "<p hidden>x</p><div class='menu'><a href=/>y</a></div>" * 20_000
    text = text_of(paragraphs(100_000) + hidden)
    assert text.count(FILLER[0]) == 12_500


@pytest.mark.parametrize("end", [2, 3, 5])
def test_a_page_cut_off_anywhere_is_read_as_far_as_it_goes(end: int) -> None:
    body = page(f"<nav><a href=/>Menu</a></nav><main><h1>Privacy</h1>{paragraphs()}</main>")
    text = extract(body[: len(body) - len(body) // end]).markdown
    assert "Menu" not in text
    assert text == "" or text.startswith("# Privacy")


def test_unclosed_tags_and_nul_are_no_trouble() -> None:
    assert extract(b"<title>A\0B</title><h1>One</h1><p>Two\0<li>Three").markdown == "# One\n\nTwo\n\n- Three\n"


def test_plain_text_and_markdown_are_taken_as_they_are() -> None:
    plain = extract(
        b"Terms\r\n\r\n1. Be kind_ *always*  \r\n\r\n\r\n# no heading", content_type="text/plain; charset=utf-8"
    )
    assert plain.markdown == "Terms\n\n1. Be kind\\_ \\*always\\*\n\n\\# no heading\n"
    kept = extract(b"# Terms\n\n**Be** kind  \n\n\n\n- x\n", content_type="text/markdown")
    assert (kept.markdown, kept.title) == ("# Terms\n\n**Be** kind\n\n- x\n", "Terms")


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<html lang="en-gb">', "en-GB"),
        ('<html xml:lang="de">', "de"),
        ('<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<meta http-equiv="Content-Language" content="fr, en">', "fr"),
        ('<html lang="zh-hant-tw">', "zh-Hant-TW"),
        ('<html lang="{{lang}}"><meta property="og:locale" content="en_US">', "en-US"),
        ("<html>", ""),
    ],
)
def test_the_stated_language_is_told(head: str, language: str) -> None:
    assert extract(f"<!doctype html>{head}<body><p>Words".encode()).language == language


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title> Our\n terms </title>", "Our terms"),
        ('<meta property="og:title" content="Terms">', "Terms"),
        ("<body><h1>Our <b>terms</b></h1>", "Our terms"),
        ("", ""),
    ],
)
def test_the_title_is_told(head: str, title: str) -> None:
    assert extract(f"<!doctype html><html>{head}".encode()).title == title
