"""Says when a capture is refused: each rule of the gate in words, with the thresholds that are in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from platforms.models import DocumentKind, FailureReason
from platforms.text import faults, gate, variants
from platforms.text.gate import Refusal


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason for which the gate takes no text, and what it goes by. The words follow “refused where”."""

    reason: FailureReason
    words: str


def rules() -> Iterator[Rule]:
    """Yield one rule for each reason. Thresholds are read when asked for, so that no other can be shown."""
    for refusal, words in (
        (Refusal.NO_TEXT, "nothing is left of the page once markup is taken away"),
        (Refusal.LOG_IN_WALL, _log_in()),
        (Refusal.CONSENT_PAGE, _consent()),
        (Refusal.ERROR_PAGE, _error()),
        (Refusal.PAGE_SHELL, _shell()),
        (Refusal.NEAR_EMPTY, f"the text has fewer than {faults.NEAR_EMPTY_WORDS} words"),
        (Refusal.WRONG_LANGUAGE, _language()),
        (Refusal.WRONG_REGION, _region()),
        (Refusal.TRUNCATED, _truncated()),
        (Refusal.NOT_A_POLICY, _no_policy()),
    ):
        yield Rule(FailureReason(refusal.value), words)


def _log_in() -> str:
    return (
        f"the site redirects to a log-in, or a title or first heading of no more than {gate.HEADING_WORDS} words is"
        f" that of one, and the text has fewer than {gate.WALL_WORDS} words; or a text of fewer than"
        f" {faults.SHORT_WORDS} words says what log-in forms and other walls say"
    )


def _consent() -> str:
    return (
        f"the site redirects to a page asking for consent, and the text has fewer than {gate.WALL_WORDS} words; or a"
        f" text of fewer than {faults.SHORT_WORDS} words has both the words of a cookie banner and one of its buttons"
    )


def _error() -> str:
    return (
        f"the site redirects to an error page, or a title or first heading of no more than {gate.HEADING_WORDS} words"
        f" says that nothing was found, and the text has fewer than {gate.SOFT_ERROR_WORDS:,} words, its menu included;"
        f" or a text of fewer than {faults.SHORT_WORDS} words tells of an error, or of other trouble within its first"
        f" {gate.OPENING} characters"
    )


def _shell() -> str:
    return (
        f"at least {_share(faults.SHELL_SHARE)} of the lines look like code or style, or braces crowd the text; or a"
        f" text of fewer than {faults.SHORT_WORDS} words asks for JavaScript, cookies or a sign that a person reads it"
    )


def _language() -> str:
    return (
        f"the language of the document is known, and a text of {gate.JUDGED_LANGUAGE_WORDS} words or more is in"
        " another, as a whole and in each of its thirds"
    )


def _region() -> str:
    return (
        "the site redirects to an address made for another country or language: host, query and the first"
        f" {variants.SEGMENTS} parts of the path are looked at, and each of the two addresses must name a code that the"
        " other does not"
    )


def _truncated() -> str:
    return (
        f"fewer than {_share(faults.TRUNCATED_SHARE)} of the words of the latest good version came, and that one has at"
        f" least {faults.TRUNCATED_FROM_WORDS}"
    )


def _no_policy() -> str:
    kinds = ", ".join(kind.label for kind in DocumentKind if kind.value in gate.GOVERNING)
    return (
        f"an English text of {gate.JUDGED_LANGUAGE_WORDS} words or more has less than {_share(gate.POLICY_SHARE)} of"
        f" words that policies are made of, and the document is of one of these kinds: {kinds}"
    )


def _share(share: float) -> str:
    return f"{100 * share:g}\u00a0%"
