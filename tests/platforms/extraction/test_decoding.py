"""Bytes become text as in a browser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.text.extraction import decode, extract

WORDS = "Datenschutz für Käufer – “naïve” garçon"
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), ""),
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (WORDS.encode("utf-16-le"), 'text/html; charset="UTF-16LE"'),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), ""),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), ""),
        (WORDS.encode("cp1252"), "text/html; charset=windows-1252"),
    ],
)
def test_marks_and_headers_are_believed(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == WORDS


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("windows-1251", "cp1251", "Политика конфиденциальности"),
        ("shift_jis", "cp932", "プライバシーポリシー"),
        ("gb2312", "gbk", "隐私政策"),
        ("iso-8859-1", "cp1252", WORDS),
        ("latin1", "cp1252", WORDS),
        ("us-ascii", "cp1252", WORDS),
        ("euc-kr", "cp949", "개인정보 처리방침"),
    ],
)
def test_labels_are_those_of_the_encoding_standard(label: str, codec: str, words: str) -> None:
    assert decode(words.encode(codec), f"text/html; charset={label}") == words
    assert decode((META.format(label) + words).encode(codec)).endswith(words)


def test_the_header_goes_before_the_page() -> None:
    words = "Политика"
    assert decode((META.format("shift_jis") + words).encode("cp1251"), "text/html;charset=cp1251").endswith(words)


def test_a_false_utf_8_is_recognised() -> None:
    assert decode((META.format("utf-8") + WORDS * 20).encode("cp1252"), "text/html; charset=utf-8").endswith(WORDS)


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_a_false_latin_1_is_recognised(label: str) -> None:
    assert decode((META.format(label) + WORDS).encode(), f"text/html; charset={label}").endswith(WORDS)


def test_a_page_cut_within_a_character_stays_utf_8() -> None:
    text = decode((WORDS * 10).encode()[:-24] + b"\xc3", "text/html; charset=iso-8859-1")
    assert text.startswith(WORDS)
    assert text.endswith("\ufffd")


def test_what_is_declared_nowhere_is_detected() -> None:
    words = "Политика конфиденциальности объясняет, какие данные мы собираем и как мы их используем. " * 20
    assert decode(words.encode("cp1251")) == words


def test_the_charset_of_latin_letters_goes_by_the_language_of_the_page() -> None:
    words = "Zbieramy imię i nazwisko, które podajesz nam przy zakładaniu konta. " * 20
    assert decode(f'<html lang="pl">{words}'.encode("cp1250")).endswith(words)


def test_an_xml_declaration_counts() -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Политика</p></body></html>'
    assert extract(page.encode("cp1251"), content_type="application/xhtml+xml").markdown == "Политика\n"


@given(st.binary(max_size=2000), st.text(max_size=30))
def test_it_never_raises(body: bytes, label: str) -> None:
    decode(body, f"text/html; charset={label}")
    decode(META.format("utf-7").encode() + body)


@given(st.text(max_size=500))
def test_utf_8_comes_back(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    if "\ufeff" not in text and body.decode("utf-8", "replace") == text:
        assert decode(body, "text/html; charset=utf-8") == text
