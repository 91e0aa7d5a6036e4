"""What came in place of a document is refused with the reason; a document passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.text.gate import Refusal, Refused, gate

SENTENCE = (
    "We describe in this agreement how the service works, which personal data we keep, and what liability we bear. "
)
POLICY = "# Terms of use\n\n" + "\n\n".join(SENTENCE * 3 for _ in range(8))
FRENCH = "Nous décrivons ici comment fonctionne le service, quelles données nous gardons et ce que vous pouvez faire. "
MENU = "\n".join(f"* [Help about topic {n}](https://help.example/{n})" for n in range(30))


def judged(markdown: str, **changes: object) -> Refused | None:
    given: dict[str, object] = {
        "title": "Terms of use",
        "language": "en",
        "found_language": "en",
        "words_before": None,
        "url": "https://a.example/terms",
        "final_url": "https://a.example/terms",
    }
    return gate(markdown=markdown, **given | changes)  # type: ignore[arg-type]


def test_a_document_passes() -> None:
    assert judged(POLICY) is None
    assert judged(POLICY, words_before=500) is None
    assert judged(POLICY, language="", found_language="") is None


@pytest.mark.parametrize(
    ("markdown", "changes", "reason"),
    [
        ("", {}, Refusal.NO_TEXT),
        ("Loading, please wait a moment", {}, Refusal.NEAR_EMPTY),
        ("# Sign in\n\nSign in with your e-mail and password. Forgot your password? " + MENU, {}, Refusal.LOG_IN_WALL),
        (MENU, {"final_url": "https://a.example/login?next=/terms"}, Refusal.LOG_IN_WALL),
        ("Checking your browser before you go on. " * 4, {}, Refusal.LOG_IN_WALL),
        ("You need to enable JavaScript to run this app. " * 4, {}, Refusal.LOG_IN_WALL),
        ("# Page not found\n\n" + MENU, {}, Refusal.ERROR_PAGE),
        (MENU, {"title": "404 - A"}, Refusal.ERROR_PAGE),
        ("Something went wrong on our side, and we look into it. " * 3, {"title": ""}, Refusal.ERROR_PAGE),
        ("We value your privacy. We and our partners set cookies. Accept all cookies or manage choices. " * 2, {},
         Refusal.CONSENT_PAGE),
        ("\n".join(f".a{n} {{ color: #fff; margin: 0 auto; }}" for n in range(60)), {}, Refusal.PAGE_SHELL),
        (POLICY, {"words_before": 50_000}, Refusal.TRUNCATED),
        (FRENCH * 40, {}, Refusal.WRONG_LANGUAGE),
        (POLICY, {"url": "https://a.example/en-us/terms", "final_url": "https://a.example/de-de/terms"},
         Refusal.WRONG_REGION),
    ],
)  # fmt: skip
def test_what_came_instead_is_refused(markdown: str, changes: dict[str, object], reason: Refusal) -> None:
    refused = judged(markdown, **changes)
    assert refused is not None
    assert refused.reason == reason
    assert refused.note


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "404 and other errors: terms"},
        {"final_url": "https://a.example/login-terms"},
        {"url": "https://a.example/en/terms", "final_url": "https://a.example/en/terms-of-use"},
        {"url": "https://a.example/terms", "final_url": "https://a.example/en-gb/terms"},
        {"language": "en-GB", "found_language": "en-US"},
    ],
)
def test_what_only_looks_odd_passes(changes: dict[str, object]) -> None:
    assert judged(POLICY, **changes) is None


def test_a_document_that_speaks_of_cookies_passwords_and_errors_passes() -> None:
    said = (
        "If you forgot your password or sign in with an e-mail of another account we may refuse. You may reject all"
        " cookies. Personal data, liability and termination are told below; third parties are bound by an agreement. "
    )
    assert judged("# Cookie policy\n\n" + said * 2, title="Cookie policy") is None


@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from(["", "en", "fr"]), st.none() | st.integers(0, 9000))
def test_it_judges_anything(markdown: str, title: str, language: str, words_before: int | None) -> None:
    refused = judged(markdown, title=title, language=language, words_before=words_before)
    assert refused is None or (refused.reason in Refusal and refused.note)
