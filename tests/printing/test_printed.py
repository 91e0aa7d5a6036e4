"""Printed records: the same bytes each time, their words exact, and open to every reader."""

from __future__ import annotations

import io
import string

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conductatlas.pages.version import sheet
from conductatlas.printing.record import content, frame, printed
from conductatlas.printing.setting import pdf
from conductatlas.printing.version import text_blocks
from conductatlas.printing.words import LONGEST, excerpt, printable
from conductatlas.records.frozen import Fate
from tests.printing.revisions import change_of, one_of_each, quotations

LATIN = string.ascii_letters + string.digits + string.punctuation + "    \n\u00a0éüñßøÆ“”‘’–—…§€©"


@pytest.mark.django_db
def test_prints_of_each_kind_are_the_same_each_time_exact_and_sound(demonstration, client, readers, tmp_path):
    for frozen in one_of_each():
        address = reverse("record_pdf", args=[str(frozen.record), frozen.number])
        first, second = client.get(address), client.get(address)
        assert first["Content-Type"] == "application/pdf"
        assert first.content == second.content
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        readers.check(first.content, tmp_path)
        words = readers.words(first.content)
        pages = len(pikepdf.open(io.BytesIO(first.content)).pages)
        assert all(" ".join(printable(quoted).split()) in words for quoted in quotations(frozen))
        assert words.count(frozen.sha256) >= pages
        assert all(f"{page} of {pages}" in words for page in range(1, pages + 1))
        assert words.count(frozen.get_absolute_url()) >= pages


@pytest.mark.django_db
def test_a_print_of_a_version_has_every_paragraph_in_order(demonstration, readers):
    frozen = one_of_each()[2]
    words = readers.words(printed(frozen))
    blocks = [block for block in content(frozen)["blocks"] if block["is"] == "body"]
    places = [words.index(" ".join("".join(run["words"] for run in block["lines"][0]).split())) for block in blocks]
    assert len(places) > 5
    assert places == sorted(places)


def test_a_print_is_tagged_titled_and_in_a_language():
    opened = pikepdf.open(io.BytesIO(printed(change_of("We may share data."))))
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.StructTreeRoot is not None
    assert str(opened.Root.Lang) == "en"
    assert opened.docinfo["/Title"] == "We may share data."
    assert "/CreationDate" not in opened.docinfo
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    sizes = {tuple(float(edge) for edge in page.mediabox) for page in opened.pages}
    assert {(round(width), round(height)) for _, _, width, height in sizes} == {(595, 842)}


@given(st.text(alphabet=LATIN, min_size=1, max_size=300))
@example("opt-out, 24/7, and/or e-mail: support@example.com?x=1&y=2 -- fi ffl “don't” well-known\nsecond   line")
@settings(max_examples=30, deadline=None)
def test_quotations_can_be_copied_exactly(readers, words):
    quoted = next(block for block in content(change_of(words))["blocks"] if block["is"] == "quotation")
    page = frame(change_of("x"), kind="Change", title="x", blocks=[quoted])
    copied, kept = readers.words(pdf("record.typ", page)), " ".join(words.split())
    if max(map(len, kept.split()), default=0) > LONGEST:  # no line holds such a word
        copied, kept = copied.replace(" ", ""), kept.replace(" ", "")
    assert kept in copied


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=120))
@example("x" * 3000)
@example("שלום עולם, 123 العربية \u202eabc\u202c")
@example("条款和条件 👩‍👩‍👧 e\u0301\u0302 \ufeff\u00ad\u200b\x07\x1b[31m ☺️")
@example('#let x = 1; $a$ *b* `c` @d <e> \\ {f} [g] // h /* i */ "j"')
@settings(max_examples=25, deadline=None)
def test_no_words_break_a_print(words):
    frozen = change_of(words, fate=Fate.RETRACTED)
    found = content(frozen)
    text = [*text_blocks(sheet(words), "ar")]
    assert pdf("record.typ", {**found, "blocks": [*found["blocks"], *text]}).startswith(b"%PDF-")


def test_no_word_runs_off_the_page():
    words = "W" * 400 + " " + "w-" * 200 + " Ω" * 3 + "Я" * 200
    opened = pypdfium2.PdfDocument(printed(change_of(words)))
    for page in opened:
        text = page.get_textpage()
        edges = [text.get_charbox(n)[2] for n in range(text.count_chars())]
        assert max(edges) <= 595.3 - 22 / 25.4 * 72 + 1


def test_what_cannot_be_seen_is_named():
    assert printable("a\u202eb 条 \x07 \ufeff") == "a[U+202E]b [U+6761] [U+0007] [U+FEFF]"
    assert printable("Größe “x” – Ω Я שלום\n") == "Größe “x” – Ω Я שלום\n"


def test_an_excerpt_ends_with_a_sentence_where_one_fits():
    assert excerpt("One  two.\nThree.", 40) == "One two. Three."
    assert excerpt("We keep it. We share it with others whom we trust.", 30) == "We keep it. …"
    assert excerpt("We keep it until nobody needs it any more", 20) == "We keep it until …"
    assert excerpt("x" * 50, 20) == "x" * 20 + " …"


@pytest.mark.django_db
def test_a_print_says_what_became_of_the_revision(client, demonstration, readers):
    words = readers.words(printed(change_of("Too hasty", fate=Fate.RETRACTED)))
    assert "Withdrawn on" in words
    assert "Superseded: the latest revision is CA-C-000001/v2." in readers.words(
        printed(change_of("Older", fate=Fate.SUPERSEDED))
    )
