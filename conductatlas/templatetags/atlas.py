"""The few words that templates may say beyond Django's: signs, times, hashes, bars. Labels belong to the enums."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clauses.figures import Tally
from clauses.models import CoverageState, Exposure, Ground, RegulationStatus, Severity, Stance, Standing
from clauses.text.plain import plain
from platforms.models import AliasKind, Class, DocumentKind, Fault, Nature
from platforms.text.countries import COUNTRIES
from platforms.text.language import LANGUAGES

register = template.Library()

# Each question has one family of shapes (docs/design.md); the symbol stands in components/sprite.html.
ENUMS: dict[str, type[TextChoices]] = {
    "stance": Stance,
    "standing": Standing,
    "coverage": CoverageState,
    "severity": Severity,
    "ground": Ground,
}
SYMBOLS = {Standing.NOT_CHECKABLE: "unknown"}
LABELS: dict[str, type[TextChoices]] = {
    "class": Class,
    "fault": Fault,
    "kind": DocumentKind,
    "nature": Nature,
    "alias": AliasKind,
    "law_status": RegulationStatus,
    "exposure": Exposure,
    **ENUMS,
}
PATTERNS = {"does": "does", "conditional": "h1", "denies": "h2", "unstated": "h3", "none": "none"}
SEVERITY_PATTERNS = {Severity.HIGH: "s3", Severity.MEDIUM: "s2", Severity.LOW: "s1"}
WIDE_PART = 12
"""Per cent of the width that a part needs for its label."""
WIDE_ON_A_PHONE = 25
"""The same on a phone, where the line beneath has to do for narrower ones."""
GAP = 1.2
"""Per cent of the bar's width between what was read and what was not."""
CERTAIN = 0.99
"""A share above it is not told in figures: what was measured is never all."""


@register.filter
def host(address: str) -> str:
    """Return the host of an address, without www: a link to another site says where it leads."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.filter
def plainly(markdown: str) -> str:
    """Return captured words without their markup."""
    return plain(markdown)


@register.simple_tag
def sort_head(name: str, label: str, chosen: str) -> SafeString:
    """Return the head of a column by which the table of other platforms can be sorted."""
    is_number = name == "likeness"
    sorted_so = format_html(' aria-sort="{}"', "descending" if is_number else "ascending") if name == chosen else ""
    return format_html(
        '<th scope="col"{}{}><a href="?sort={}#others" rel="nofollow">{}{}</a></th>',
        SafeString(' class="num"') if is_number else "",
        sorted_so,
        name,
        label,
        (" ↓" if is_number else " ↑") if name == chosen else "",
    )


@register.simple_tag
def sign(question: str, value: str, *, quiet: bool = False) -> SafeString:
    """Return the sign of a stance, a standing or a coverage state with its word, for listeners alone if quiet."""
    member = ENUMS[question](value)
    symbol = SYMBOLS.get(member, member.value)  # type: ignore[call-overload]
    shape = "r" if question == "standing" else "i"
    label = format_html('<span class="vh">{}</span>', member.label) if quiet else member.label
    return format_html(
        '<span class="sign {}"><svg class="{}" aria-hidden="true"><use href="#s-{}"/></svg>{}</span>',
        symbol,
        shape,
        symbol,
        label,
    )


@register.filter
def label(value: str, enum: str) -> str:
    """Return the word for a stored token."""
    return str(LABELS[enum](value).label) if value else ""


@register.filter
def language(code: str) -> str:
    """Return the name of a language."""
    return LANGUAGES.get(code.partition("-")[0], code)


@register.filter
def country(code: str) -> str:
    """Return the name of a country."""
    return COUNTRIES.get(code, code)


@register.filter
def count(number: int) -> str:
    """Return a number with its thousands parted."""
    return f"{number:,}"


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 in per cent; nothing that was measured is rounded up to certainty."""
    return "over 99 %" if share > CERTAIN else f"{100 * share:.0f} %"


@register.filter
def day(when: datetime | date | str | None) -> SafeString | str:
    """Return a day, for people and for programs."""
    if isinstance(when, datetime):
        when = when.astimezone(UTC)
    elif not isinstance(when, date):  # what a template has no value for is an empty string
        return ""
    return format_html('<time datetime="{}">{}</time>', f"{when:%Y-%m-%d}", f"{when.day} {when:%b %Y}")


@register.filter
def utc(when: datetime | str | None) -> SafeString | str:
    """Return a time to the second, in UTC."""
    if not isinstance(when, datetime):  # what a template has no value for is an empty string
        return ""
    at = when.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{at.day} {at:%b %Y %H:%M:%S} UTC")


@register.filter
def hash_blocks(sha256: Any) -> SafeString:
    """Return a hash in full, in blocks of 16 between which a line may break."""
    digits = bytes(sha256).hex() if not isinstance(sha256, str) else sha256
    return format_html_join(SafeString("<wbr>"), "{}", ((digits[n : n + 16],) for n in range(0, len(digits), 16)))


@register.filter
def hex(sha256: Any) -> str:
    """Return the bytes of a hash as digits."""
    return bytes(sha256).hex()


@register.inclusion_tag("components/bar.html")
def bar(tally: Tally, *, height: int = 82) -> dict[str, Any]:
    """Draw how many platforms stand where: what was read in a frame, what was not beside it."""
    total = tally.platforms or 1
    scale = 100 - (GAP if tally.read and tally.unread else 0)
    parts, x = [], 0.0
    for state, number in tally.parts():
        if state == CoverageState.UNREAD or not number:
            continue
        width = scale * number / total
        parts.append(
            {
                "pattern": PATTERNS[state],
                "state": state.value,
                "x": f"{x:.2f}",
                "width": f"{width:.2f}",
                "middle": f"{x + width / 2:.2f}",
                "is_wide": width > 3,
            }
        )
        x += width
    after = 0.0 if not tally.read else x + (GAP if tally.unread else 0)
    return {
        "tally": tally,
        "parts": parts,
        "read_to": f"{x:.2f}",
        "unread_from": f"{after:.2f}",
        "unread_width": f"{max(0.0, 100 - after):.2f}" if tally.unread else "",
        "unread_middle": f"{after + (100 - after) / 2:.2f}",
        "height": height,
    }


@register.inclusion_tag("components/severity_bar.html")
def severity_bar(split: list[tuple[Severity, int]]) -> dict[str, Any]:
    """Draw how many published clauses have each severity, the heaviest first."""
    total = sum(number for _, number in split)
    parts, x = [], 0.0
    for severity, number in split:
        if number:
            width = 100 * number / total
            parts.append(
                {
                    "pattern": SEVERITY_PATTERNS[severity],
                    "label": severity.label,
                    "count": number,
                    "x": f"{x:.2f}",
                    "width": f"{width:.2f}",
                    "is_wide": width > WIDE_PART,
                    "is_thin": width < WIDE_ON_A_PHONE,
                }
            )
            x += width
    said = ", ".join(f"{number} {severity.label.lower()}" for severity, number in split)
    return {"parts": parts, "says": f"Of {total} published clauses: {said}"}


@register.filter
def share_of(number: int, total: int) -> str:
    """Return what per cent of a width a number takes."""
    return f"{100 * number / total:.2f}" if total else "0"
