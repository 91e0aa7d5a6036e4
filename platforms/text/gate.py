"""Keeps what is no policy from becoming a version (rule 4). Pure: it sees words and addresses, no database.

Every threshold errs on the side of keeping a real policy: what passes wrongly is still classed by its history, what
is refused wrongly is a gap in the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from platforms.text import walls
from platforms.text.faults import (
    NEAR_EMPTY_WORDS,
    SHORT_WORDS,
    TRUNCATED_FROM_WORDS,
    TRUNCATED_SHARE,
    Fault,
    fault_of,
)
from platforms.text.language import LANGUAGES, language_of
from platforms.text.variants import is_another_variant
from platforms.text.words import fingerprints


class Refusal(StrEnum):
    """Why a text is not taken. Checks keep these values, so none is ever renamed."""

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
    """A text that is not taken; `note` has the figures or words that decided."""

    reason: Refusal
    note: str


WALL_WORDS = 400
"""A page that a redirect to a log-in or consent led to, or that is headed so, is a wall if it has fewer words."""
SOFT_ERROR_WORDS = 1500
"""A page that a redirect to an error page led to, or that is headed so, is one if it has fewer words: its menu."""
JUDGED_LANGUAGE_WORDS = 150
"""The language of a shorter text is not judged, nor whether it is a policy."""
POLICY_SHARE = 0.012
"""A text of a governing kind with a smaller share of POLICY_WORDS is no policy."""
OPENING = 400
"""Code points of a short text in which trouble would be told."""
LONGEST = 20_000
"""Code points of a short text that are looked at; the rest of one with so few words is no words."""
HEADING_WORDS = 12
"""A longer heading or title is no headline of an error page."""
_GOVERNING = (
    "terms-of-service privacy-policy cookie-policy acceptable-use-policy ai-terms commercial-terms developer-terms "
    "data-processing-agreement"
)
GOVERNING = frozenset(_GOVERNING.split())
"""Kinds of documents whose texts have the words of policies; an imprint or a captioning notice need not."""
_ATX = re.compile(r"^ {0,3}#{1,6} +(.*?)[ #]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,}) *$")
_TARGET = re.compile(r"\]\([^)\n]{0,2000}\)")
_WORD = re.compile(r"[a-z]+")


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
    """Return why a text is not taken, or None where it is.

    Args:
        markdown: the text as extracted.
        title: of the page.
        language: expected, as an ISO 639-1 code, regions aside ("en-GB" is "en"); empty where none is known.
        found_language: of the text, by `language_of`.
        words_before: of the latest good version, counted by `fingerprints`; None where there is none.
        url: asked for.
        final_url: that answered; empty where none is known.
        kind: of the document, as DocumentKind has it; whether a text is a policy at all is judged for GOVERNING kinds.
    """
    if not markdown.strip():
        return Refused(Refusal.NO_TEXT, "no words came out of the page")
    words = fingerprints(markdown).count
    return (
        _led_away(url, final_url, words)
        or _headed(title, markdown, words)
        or _faulty(markdown, title, words)
        or _another_language(markdown, language, found_language, words)
        or _another_region(url, final_url)
        or _truncated(words, words_before)
        or _no_policy(markdown, found_language, words, kind)
    )


def _led_away(url: str, final_url: str, words: int) -> Refused | None:
    """Tell a redirect to a log-in, a consent or an error page by its address."""
    if not final_url or final_url == url:
        return None
    asked, came = _segments(url), _segments(final_url)
    for pattern, reason, most in (
        (walls.LOG_IN_PATH, Refusal.LOG_IN_WALL, WALL_WORDS),
        (walls.CONSENT_PATH, Refusal.CONSENT_PAGE, WALL_WORDS),
        (walls.ERROR_PATH, Refusal.ERROR_PAGE, SOFT_ERROR_WORDS),
    ):
        telling = next((segment for segment in came if pattern.match(segment) and segment not in asked), None)
        if telling is not None and words < most:
            return Refused(reason, f"redirected to {final_url[:200]}; {_count(words)}")
    return None


def _headed(title: str, markdown: str, words: int) -> Refused | None:
    """Tell an error page or a log-in by its title or first heading, whatever menu follows."""
    for headline in (title.strip()[:OPENING], first_heading(markdown)):
        if not headline or len(headline.split()) > HEADING_WORDS:
            continue
        if words < SOFT_ERROR_WORDS and walls.NOT_FOUND.search(headline):
            return Refused(Refusal.ERROR_PAGE, f"headed “{headline[:120]}”; {_count(words)}")
        if words < WALL_WORDS and walls.LOG_IN_HEADING.search(headline):
            return Refused(Refusal.LOG_IN_WALL, f"headed “{headline[:120]}”; {_count(words)}")
    return None


def _faulty(markdown: str, title: str, words: int) -> Refused | None:
    """Tell a short text by what it says, and a text of code by its look."""
    fault = fault_of(markdown, words)
    if fault == Fault.PAGE_SHELL:
        return Refused(Refusal.PAGE_SHELL, f"most lines are code or style; {_count(words)}")
    if words >= SHORT_WORDS:
        return None
    said = f"{title[:LONGEST]}\n{markdown[:LONGEST]}"
    for pattern, reason in ((walls.SHELL_WORDS, Refusal.PAGE_SHELL), (walls.LOG_IN_WORDS, Refusal.LOG_IN_WALL)):
        found = pattern.search(said)
        if found:
            return Refused(reason, f"says “{_quoted(found)}”; {_count(words)}")
    button, banner = walls.CONSENT_BUTTONS.search(said), walls.CONSENT_WORDS.search(said)
    if button and banner:
        return Refused(Refusal.CONSENT_PAGE, f"says “{_quoted(banner)}” and “{_quoted(button)}”; {_count(words)}")
    opening = f"{title[:OPENING]}\n{markdown.strip()[:OPENING]}"
    trouble = walls.TROUBLE.search(opening) or walls.NOT_FOUND.search(opening)
    if trouble:
        return Refused(Refusal.ERROR_PAGE, f"says “{_quoted(trouble)}”; {_count(words)}")
    if fault == Fault.NEAR_EMPTY:
        return Refused(Refusal.NEAR_EMPTY, f"{_count(words)}, fewer than {NEAR_EMPTY_WORDS}")
    if fault:
        reason = Refusal.ERROR_PAGE if fault == Fault.ERROR_PAGE else Refusal.LOG_IN_WALL
        return Refused(reason, f"a short text with the words of an error page or a wall; {_count(words)}")
    return None


def _another_language(markdown: str, language: str, found: str, words: int) -> Refused | None:
    """Tell a text of another language: beginning, middle and end must agree that it is not the expected one."""
    expected = language.lower().replace("_", "-").partition("-")[0]
    if expected not in LANGUAGES or not found or found == expected or words < JUDGED_LANGUAGE_WORDS:
        return None
    third = len(markdown) // 3
    parts = {language_of(markdown[start : start + third]) for start in (0, third, 2 * third)}
    if parts & {"", expected}:
        return None
    names = f"{LANGUAGES.get(found, found)} came, {LANGUAGES[expected]} was expected"
    return Refused(Refusal.WRONG_LANGUAGE, f"{names}; {_count(words)}")


def _another_region(url: str, final_url: str) -> Refused | None:
    if final_url and is_another_variant(url, final_url):
        return Refused(Refusal.WRONG_REGION, f"{url[:200]} led to {final_url[:200]}")
    return None


def _truncated(words: int, before: int | None) -> Refused | None:
    if before is None or before < TRUNCATED_FROM_WORDS or words >= TRUNCATED_SHARE * before:
        return None
    return Refused(Refusal.TRUNCATED, f"{_count(words)}; the version before has {before:,}")


def _no_policy(markdown: str, found_language: str, words: int, kind: str) -> Refused | None:
    if kind not in GOVERNING or found_language != "en" or words < JUDGED_LANGUAGE_WORDS:
        return None
    said = _WORD.findall(_TARGET.sub("", markdown.lower()))
    share = sum(word in walls.POLICY_WORDS for word in said) / max(1, len(said))
    if share >= POLICY_SHARE:
        return None
    return Refused(Refusal.NOT_A_POLICY, f"{share:.1%} of the words are those of policies; {_count(words)}")


def first_heading(markdown: str) -> str:
    """Return the words of the first heading of a text, or an empty string."""
    lines = [line[:OPENING] for line in markdown.split("\n", 200)[:200]]
    for place, line in enumerate(lines):
        atx = _ATX.match(line)
        if atx:
            return atx.group(1).strip("*_ ")
        if place and _UNDERLINE.match(line) and lines[place - 1].strip():
            return lines[place - 1].strip("*_ ")
    return ""


def _segments(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        return [*(parts.hostname or "").split(".")[:1], *(part for part in parts.path.split("/") if part)]
    except ValueError:
        return []


def _count(words: int) -> str:
    return f"{words:,} word{'' if words == 1 else 's'}"


def _quoted(found: re.Match[str]) -> str:
    return " ".join(found.group().split())[:80]
