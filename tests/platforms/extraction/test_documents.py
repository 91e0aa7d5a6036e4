"""Several documents on one page."""

from __future__ import annotations

import pytest

from tests.platforms.extraction.pages import paragraphs, text_of

TITLES = ["Terms of Service", "Data Processing Agreement", "Privacy Policy", "Usage Policy"]


def several(titles: list[str] = TITLES) -> str:
    parts = [f'<div id="part-{i}"><p>{title}</p>{paragraphs(12)}</div>' for i, title in enumerate(titles)]
    return f"<main><p>Legal matters</p><div>{''.join(parts)}</div></main>"


def test_without_a_hint_the_page_is_kept_whole() -> None:
    text = text_of(several())
    assert all(title in text for title in TITLES)


@pytest.mark.parametrize("name", ["Privacy Policy", "PRIVACY POLICY", "Our privacy policy"])
def test_the_name_of_the_document_means_one_of_them(name: str) -> None:
    assert [title for title in TITLES if title in text_of(several(), name=name)] == ["Privacy Policy"]


def test_the_fragment_of_the_address_means_one_of_them() -> None:
    text = text_of(several(), base_url="https://shop.example/legal#part-1", name="Privacy Policy")
    assert [title for title in TITLES if title in text] == ["Data Processing Agreement"]


@pytest.mark.parametrize("name", ["", "Community Rules", "Cookie Policy"])
def test_an_unknown_name_changes_nothing(name: str) -> None:
    assert text_of(several(), name=name) == text_of(several())


def test_the_parts_of_one_document_are_no_documents() -> None:
    parts = several(["What we collect", "How we use it", "Your choices", "Our terms"])
    assert text_of(parts, name="Our terms", base_url="https://shop.example/privacy#part-2") == text_of(
        parts, base_url="https://shop.example/privacy"
    )


def test_a_page_that_has_the_name_itself_is_the_document() -> None:
    page = f"<h1>Privacy Policy</h1>{several()}"
    assert text_of(page, name="Privacy Policy") == text_of(page)
