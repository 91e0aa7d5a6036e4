"""What is no policy is refused, with the words or figures that decided; what is one passes."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.text.gate import Refusal, Refused, first_heading, gate
from platforms.text.language import language_of
from platforms.text.variants import is_another_variant, variant_of
from tests.platforms.fetching.cases import PARAGRAPHS

URL = "https://harbour.example/en-us/legal/privacy"
POLICY = "# Privacy Policy\n\n" + "\n\n".join(PARAGRAPHS * 3)
MENU = "\n".join(f"* [Shop number {n}](/shop/{n})" for n in range(150))
GERMAN = "# Datenschutz\n\n" + "\n\n".join(
    [
        "Wir erheben die Angaben, die Sie uns beim Anlegen eines Kontos machen, etwa Ihren Namen und Ihre Anschrift.",
        "Wir bewahren diese Angaben zwölf Monate nach der Schließung Ihres Kontos auf und löschen sie danach.",
        "Sie können jederzeit eine Kopie der Angaben verlangen, die wir über Sie haben; wir antworten in dreißig Tagen.",
    ]
    * 4
)
let_in = partial(gate, title="", language="en", words_before=None, url=URL, final_url="", kind="privacy-policy")


def judged(markdown: str, **given: object) -> Refused | None:
    return let_in(markdown=markdown, found_language=language_of(markdown), **given)  # type: ignore[arg-type]


def reason(markdown: str, **given: object) -> Refusal | None:
    refused = judged(markdown, **given)
    assert refused is None or refused.note
    return refused.reason if refused else None


@pytest.mark.parametrize(
    "markdown",
    [
        POLICY,
        POLICY + MENU,
        "Privacy Policy\n=======\n\n" + PARAGRAPHS[0] + "\n\n" + PARAGRAPHS[1],  # short, and whole
        POLICY
        + "\n\nAn error occurred? Page not found? Log in to continue, enable JavaScript, accept all: write to us.",
        "# Cookies\n\nWe use cookies to keep you signed in. You may refuse the others in your browser. "
        + PARAGRAPHS[3],
    ],
)
def test_a_policy_passes(markdown: str) -> None:
    assert reason(markdown) is None
    assert reason(markdown, title="Privacy Policy | Harbour", final_url=URL, words_before=150) is None


@pytest.mark.parametrize(
    ("markdown", "title", "expected"),
    [
        ("", "Privacy", Refusal.NO_TEXT),
        (" \n\u00a0\n", "Privacy", Refusal.NO_TEXT),
        ("# Privacy Policy\n\nLoading the words for you", "", Refusal.NEAR_EMPTY),
        ("You need to enable JavaScript to run this app.", "Harbour", Refusal.PAGE_SHELL),
        ("# Privacy\n\nLoading…", "Privacy", Refusal.PAGE_SHELL),
        ("Checking your browser before you reach the page. Ray ID: 1", "Just a moment...", Refusal.PAGE_SHELL),
        ("\n".join(f"window.a{n} = {{b: {n}}};" for n in range(90)), "", Refusal.PAGE_SHELL),
        ("# Log in\n\nE-mail\n\nPassword\n\nForgot your password?", "", Refusal.LOG_IN_WALL),
        ("# Harbour\n\nYou must log in to continue. " + "New here? Join us. " * 8, "", Refusal.LOG_IN_WALL),
        (MENU[:2000], "Sign in to Harbour", Refusal.LOG_IN_WALL),
        ("# Before you continue\n\nWe and our 800 partners use cookies.\n\nAccept all", "", Refusal.CONSENT_PAGE),
        ("# Oops!\n\n" + "Something went wrong on our side. " * 6, "", Refusal.ERROR_PAGE),
        ("# We're sorry\n\n" + "We cannot show you the page that you want. " * 4, "", Refusal.ERROR_PAGE),
        (MENU, "Page not found | Harbour", Refusal.ERROR_PAGE),
        ("# 404\n\n" + MENU, "Harbour", Refusal.ERROR_PAGE),
        ("Seite nicht gefunden\n----\n\n" + MENU, "", Refusal.ERROR_PAGE),
        ("# Watch the film\n\n" + "The boat sails at dawn with a crew of nine. " * 30, "", Refusal.NOT_A_POLICY),
    ],
)
def test_what_is_no_policy_is_refused(markdown: str, title: str, expected: Refusal) -> None:
    assert reason(markdown, title=title) == expected


def test_a_note_has_the_figures() -> None:
    assert judged("Ten words of a policy that has lost its rest. " * 4, words_before=4210) == Refused(
        Refusal.TRUNCATED, "40 words; the version before has 4,210"
    )
    assert judged("One word") == Refused(Refusal.NEAR_EMPTY, "2 words, fewer than 25")


@pytest.mark.parametrize(("before", "refused"), [(None, False), (299, False), (1500, False), (5000, True)])
def test_a_sudden_drop_is_truncated_only_against_a_long_text(before: int | None, refused: bool) -> None:
    assert (reason(POLICY, words_before=before) == Refusal.TRUNCATED) is refused


def test_another_language_is_refused_where_one_is_expected() -> None:
    assert reason(GERMAN) == Refusal.WRONG_LANGUAGE
    assert judged(GERMAN) == Refused(Refusal.WRONG_LANGUAGE, "German came, English was expected; 209 words")
    for language in ("de", "de-AT", "", "xx"):
        assert reason(GERMAN, language=language) is None
    assert reason(GERMAN[:400]) is None  # too short to be sure
    assert reason(POLICY[:800] + GERMAN) is None  # a text in two languages is not another one


@pytest.mark.parametrize(
    ("final_url", "expected"),
    [
        ("https://harbour.example/login?next=/legal", Refusal.LOG_IN_WALL),
        ("https://sso.harbour.example/x", Refusal.LOG_IN_WALL),
        ("https://consent.harbour.example/collect", Refusal.CONSENT_PAGE),
        ("https://harbour.example/404.html", Refusal.ERROR_PAGE),
        ("https://harbour.example/de/legal/privacy", Refusal.WRONG_REGION),
        ("https://harbour.example/en-gb/legal/privacy", Refusal.WRONG_REGION),
        ("https://harbour.example/en/legal/privacy", None),
        ("https://harbour.example/legal/privacy", None),
        ("https://www.harbour.example/en-us/legal/privacy/", None),
        ("http://[", None),
    ],
)
def test_where_a_redirect_led_tells(final_url: str, expected: Refusal | None) -> None:
    assert reason(POLICY, final_url=final_url) == expected


def test_a_long_text_behind_a_log_in_address_is_kept() -> None:
    assert reason(POLICY + "\n\n" + POLICY, final_url="https://harbour.example/session/terms") is None
    assert let_in(
        markdown=POLICY, found_language="en", url="https://a.example/login/terms", final_url="https://a.example/login/t"
    ) is None  # fmt: skip


def test_documents_without_the_words_of_policies_are_not_asked_for_them() -> None:
    assert reason("# Publisher\n\n" + "The boat sails at dawn with a crew of nine. " * 30, kind="other") is None


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("https://a.example/en-US/legal", {"en", "us"}),
        ("https://a.example/us/en/legal", {"en", "us"}),
        ("https://a.example/zh-Hant-TW/x", {"zh", "tw"}),
        ("https://de.a.example/x", {"de"}),
        ("https://a.co.uk/x", {"gb"}),
        ("https://a.example/x?hl=fr&id=de", {"fr"}),
        ("https://a.example/io/go/legal", set()),
        ("https://example.com/legal/my-terms", set()),
        ("http://[", set()),
    ],
)
def test_country_and_language_are_read_from_an_address(url: str, codes: set[str]) -> None:
    assert variant_of(url) == codes


@given(st.sampled_from(["en-us", "de", "fr-ca", "legal", "x"]), st.sampled_from(["en-us", "en", "de", "legal", "x"]))
def test_another_variant_is_another_both_ways(one: str, other: str) -> None:
    a, b = f"https://a.example/{one}/p", f"https://a.example/{other}/p"
    assert is_another_variant(a, b) == is_another_variant(b, a)
    assert not is_another_variant(a, a)


@given(st.text(), st.text(max_size=50), st.text(max_size=80), st.none() | st.integers(0, 10**6))
def test_any_text_is_judged(markdown: str, title: str, final_url: str, before: int | None) -> None:
    refused = judged(markdown, title=title, final_url=final_url, words_before=before)
    assert refused is None or len(refused.note) < 500


@pytest.mark.parametrize(
    ("markdown", "heading"),
    [
        ("## Terms ##\nx", "Terms"),
        ("x\n\n**Terms**\n---\n", "Terms"),
        ("- - -\n\nx", ""),
        ("", ""),
        ("a\n\n---\nb", ""),
    ],
)
def test_the_first_heading_is_found(markdown: str, heading: str) -> None:
    assert first_heading(markdown) == heading


@pytest.mark.parametrize(
    "markdown",
    [
        "email" + "\n" * 300_000,
        "email\n" * 30 + "\n" * 300_000,
        "](" * 200_000,
        "](a" * 200_000,
        "# " + " #" * 200_000,
        "\n".join(["-" * 1000] * 500),
        "loading " * 20 + "." * 300_000,
        "404 " + "\u2028" * 300_000,
    ],
)
def test_hostile_texts_are_judged_at_once(markdown: str) -> None:
    judged(markdown, title=markdown)
