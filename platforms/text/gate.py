"""Tells whether what came from an address is the document that is kept, or something in its place (rule 4).

What is refused is a failed check with the reason, and its bytes are kept; it is never a removal. The thresholds stand
here and in `faults`; the methodology page prints them. They err on the side of letting a real document pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from platforms.text.faults import (
    ERROR_PHRASES,
    NEAR_EMPTY_WORDS,
    SHORT_WORDS,
    TRUNCATED_FROM_WORDS,
    TRUNCATED_SHARE,
    WALL_PHRASES,
    looks_like_code,
)
from platforms.text.language import LANGUAGES, language_of
from platforms.text.words import fingerprints

DOCUMENT_WORDS = 400
"""A text of so many words is not taken for an error page or a log-in page by its title or address alone."""
POLICY_WORDS = 3
"""So many different words of the trade make a short text a document all the same."""
LANGUAGE_FROM_WORDS = 200
"""A text is judged by its language only from so many words on."""
TITLE_LENGTH = 200
"""Characters of a title or a first heading that are looked at."""

_POLICY = re.compile(
    r"\b(?:agreement|personal (?:data|information)|liabilit(?:y|ies)|governing law|arbitration|terminat(?:e|ion)"
    r"|third part(?:y|ies)|retention|warrant(?:y|ies)|intellectual property|licen[cs]e|consent|indemnif(?:y|ication)"
    r"|effective date|last updated|your rights|data controller|prohibited)\b",
    re.IGNORECASE,
)
_LOG_IN = re.compile(
    r"\b(?:log|sign) ?in\b.{0,80}\b(?:password|e-?mail|forgot|remember me|continue|account)\b"
    r"|forgot (?:your )?password",
    re.IGNORECASE | re.DOTALL,
)
_CONSENT = re.compile(
    r"\b(?:accept|reject|allow|refuse|manage) (?:all |necessary |non-essential )?(?:cookies|choices|preferences)\b"
    r"|before you continue to|we value your privacy|your privacy choices|consent to the use of",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    r"^\W*(?:error\W*)?(?:4\d\d|5\d\d)\b|\bpage (?:not found|cannot be found|unavailable|isn.t available|doesn.t exist)"
    r"|^\W*(?:not found|forbidden|access denied|service unavailable|bad gateway|something went wrong|oops)\b",
    re.IGNORECASE,
)
_LOG_IN_PATH = re.compile(r"/(?:log-?in|sign-?in|auth|sso|accounts?/login)(?:[/.?]|$)", re.IGNORECASE)
_LOCALE = re.compile(r"^([a-z]{2})(?:[-_]([a-z]{2}))?$", re.IGNORECASE)
_COUNTRIES = "at au be br ca ch cn de dk es fi fr gb ie in it jp kr mx nl no nz pl pt se sg tr tw uk us za"
_REGIONS = frozenset(_COUNTRIES.split())


class Refusal(StrEnum):
    """Why what came is not the document. Checks keep these values, so none is ever renamed."""

    LOG_IN_WALL = "log_in_wall"
    PAGE_SHELL = "page_shell"
    CONSENT_PAGE = "consent_page"
    ERROR_PAGE = "error_page"
    WRONG_LANGUAGE = "wrong_language"
    WRONG_REGION = "wrong_region"
    NEAR_EMPTY = "near_empty"
    TRUNCATED = "truncated"
    NOT_A_POLICY = "not_a_policy"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Refused:
    """What came is refused: the reason, and the figures or words that decided."""

    reason: Refusal
    note: str


@dataclass(frozen=True, slots=True)
class _Arrived:
    """What came, with what is known of the document."""

    markdown: str
    words: int
    title: str
    language: str
    found_language: str
    words_before: int | None
    url: str
    final_url: str


def gate(
    *,
    markdown: str,
    title: str,
    language: str,
    found_language: str,
    words_before: int | None,
    url: str,
    final_url: str,
    kind: str = "",
) -> Refused | None:
    """Return why what came is not the document, or None where it may pass.

    Args:
        markdown: the extracted text.
        title: of the page.
        language: of the document, BCP 47, empty where it is not known yet.
        found_language: what the page says of itself, BCP 47 or empty; the text itself is believed before it.
        words_before: how many words the latest good version has, None where there is none.
        url: that was asked for.
        final_url: that answered.
        kind: of the document; a document of another kind than a policy is not held to the words of one.
    """
    arrived = _Arrived(
        markdown, fingerprints(markdown).count, title, language, found_language, words_before, url, final_url
    )
    for rule in _RULES:
        refused = rule(arrived)
        if refused is not None:
            return refused
    return None


def _nothing(came: _Arrived) -> Refused | None:
    return None if came.words else Refused(Refusal.NO_TEXT, "The page holds no words.")


def _walled(came: _Arrived) -> Refused | None:
    """A log-in page: it says so in its address, or by a short text that asks for a password."""
    moved = _LOG_IN_PATH.search(urlsplit(came.final_url).path) and not _LOG_IN_PATH.search(urlsplit(came.url).path)
    if moved and not _is_document(came):
        return Refused(Refusal.LOG_IN_WALL, f"It led to {came.final_url[:200]}, which asks to log in.")
    if not _is_placeholder(came):
        return None
    found = _LOG_IN.search(came.markdown) or WALL_PHRASES.search(came.markdown)
    return Refused(Refusal.LOG_IN_WALL, _quoted(came, found)) if found else None


def _failing(came: _Arrived) -> Refused | None:
    """An error page that answered as if all were well: by its title or first heading, or by a short text."""
    heading = next((line for line in came.markdown.split("\n", 40)[:40] if line.strip()), "")[:TITLE_LENGTH]
    for name, words in (("title", came.title[:TITLE_LENGTH]), ("first line", heading.lstrip("# "))):
        found = _ERROR_TITLE.search(words)
        if found and not _is_document(came):
            return Refused(Refusal.ERROR_PAGE, f"Its {name} is “{words.strip()[:100]}”.")
    found = ERROR_PHRASES.search(came.markdown) if _is_placeholder(came) else None
    return Refused(Refusal.ERROR_PAGE, _quoted(came, found)) if found else None


def _asking(came: _Arrived) -> Refused | None:
    """A consent page: a short text about cookies and choices, where the document is none about them."""
    found = _CONSENT.search(came.markdown) if _is_placeholder(came) else None
    return Refused(Refusal.CONSENT_PAGE, _quoted(came, found)) if found else None


def _shell(came: _Arrived) -> Refused | None:
    if looks_like_code(came.markdown):
        return Refused(Refusal.PAGE_SHELL, "Most of its lines are code or style.")
    return None


def _near_empty(came: _Arrived) -> Refused | None:
    if came.words >= NEAR_EMPTY_WORDS:
        return None
    return Refused(Refusal.NEAR_EMPTY, f"{came.words} words; a document has {NEAR_EMPTY_WORDS} or more.")


def _truncated(came: _Arrived) -> Refused | None:
    before = came.words_before or 0
    if before < TRUNCATED_FROM_WORDS or came.words >= TRUNCATED_SHARE * before:
        return None
    return Refused(Refusal.TRUNCATED, f"{came.words:,} words; the version before has {before:,}.")


def _foreign(came: _Arrived) -> Refused | None:
    """Another language than the document's, told by the text itself where it is long enough."""
    if not came.language or came.words < LANGUAGE_FROM_WORDS:
        return None
    wanted, found = came.language.split("-")[0].lower(), language_of(came.markdown)
    if not found or found == wanted or wanted not in LANGUAGES:
        return None
    stated = came.found_language.split("-")[0].lower()
    if stated == wanted and found not in LANGUAGES:
        return None
    return Refused(Refusal.WRONG_LANGUAGE, f"The text is in “{found}”, the document in “{wanted}”.")


def _elsewhere(came: _Arrived) -> Refused | None:
    """Another region than was asked for: the address says so in a part that names a locale or a country."""
    asked, answered = _region(came.url), _region(came.final_url)
    if asked and answered and asked != answered:
        return Refused(Refusal.WRONG_REGION, f"Asked for “{asked}”, answered for “{answered}”: {came.final_url[:200]}")
    return None


_RULES: tuple[Callable[[_Arrived], Refused | None], ...] = (
    _nothing, _elsewhere, _walled, _failing, _asking, _shell, _near_empty, _truncated, _foreign,
)  # fmt: skip
"""In this order: the first that refuses gives the reason."""


def _is_document(came: _Arrived) -> bool:
    """Tell whether a text speaks like one of the documents that are kept, whatever else stands on the page."""
    return came.words >= DOCUMENT_WORDS or _trade_words(came) >= POLICY_WORDS


def _is_placeholder(came: _Arrived) -> bool:
    """Tell whether a text is so short, and so little of a document, that its phrases tell what it is."""
    return came.words < SHORT_WORDS and _trade_words(came) < POLICY_WORDS


def _trade_words(came: _Arrived) -> int:
    return len({found.group(0).casefold() for found in _POLICY.finditer(came.markdown[:20_000])})


def _quoted(came: _Arrived, found: re.Match[str]) -> str:
    return f"{came.words} words, among them “{' '.join(found.group(0).split())[:100]}”."


def _region(url: str) -> str:
    """Return the locale or country that the first parts of an address name, or nothing."""
    for part in unquote(urlsplit(url).path).split("/")[1:4]:
        found = _LOCALE.match(part)
        if found is None:
            continue
        language, country = found[1].lower(), (found[2] or "").lower()
        if country or language in LANGUAGES or language in _REGIONS:
            return f"{language}-{country}" if country else language
    return ""
