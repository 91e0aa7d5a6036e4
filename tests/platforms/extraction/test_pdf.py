"""PDF documents."""

from __future__ import annotations

import pytest

from platforms.text.extraction import UnreadableDocument, extract
from tests.platforms.extraction.pdf_samples import lines, pdf

LONG = "We collect the name and the address that you give us when you open an account with"


def text_of(*pages: list[tuple[str, int, int, int]]) -> str:
    return extract(pdf(pages), content_type="application/pdf").markdown


def test_lines_become_paragraphs_and_large_type_a_heading() -> None:
    text = text_of(
        [
            ("Privacy policy", 20, 72, 790),
            *lines([LONG, "our shop, and we keep it.", "", LONG, "another shop."]),
        ]
    )
    assert text == f"# Privacy policy\n\n{LONG} our shop, and we keep it.\n\n{LONG} another shop.\n"


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    assert text_of(lines([LONG, "us,", "and with all of us,", LONG, LONG])) == (
        f"{LONG} us,\n\nand with all of us,\n\n{LONG} {LONG}\n"
    )


def test_a_hyphen_at_the_end_of_a_line_is_undone_unless_it_belongs_to_the_word() -> None:
    first = "We collect the name and the address that you give us for the pro-"
    text = text_of(lines([first, "tection of your account, and we give it to no third-", "party whatsoever."]))
    assert "protection of your account" in text
    assert "third-party whatsoever" in text


def test_what_repeats_on_the_pages_is_left_out() -> None:
    pages = [
        [
            ("The Shop - Privacy policy", 9, 72, 815),
            *lines([f"Page text {LONG} {word}.", LONG]),
            (f"Page {number} of 3", 9, 280, 30),
        ]
        for number, word in enumerate(["one", "two", "three"], 1)
    ]
    text = text_of(*pages)
    assert "The Shop" not in text
    assert "of 3" not in text
    assert all(f"with {word}." in text for word in ("one", "two", "three"))


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert text_of(lines(["First of all.", "", LONG]), lines(["our shop."])).endswith(f"{LONG} our shop.\n")


def test_bullets_become_a_list() -> None:
    assert text_of(lines(["We keep:", "• your name", "• your address"])).endswith("- your name\n- your address\n")


def test_a_pdf_is_recognised_whatever_the_header_says_and_has_its_title() -> None:
    found = extract(pdf([lines([LONG])], title="Our policy"), content_type="text/html")
    assert (found.title, found.markdown) == ("Our policy", f"{LONG}\n")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (pdf([lines([LONG])], locked=True), "password"),
        (pdf([[], []]), "only images"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"\x00\x01nothing", "announced as PDF"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(body: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        extract(body, content_type="application/pdf")


def test_a_page_that_mentions_pdf_is_no_pdf() -> None:
    assert extract(b"<p>The file begins with %PDF-1.7</p>").markdown == "The file begins with %PDF-1.7\n"
