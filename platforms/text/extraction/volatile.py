"""Replaces what changes from capture to capture though nobody changed the text, for comparison only.

Each rule names one phrase or one part of a link's target. Dates by which a text takes effect or was last updated, and
digits anywhere else, are never touched.
"""

from __future__ import annotations

import re
from datetime import date

_MONTH_LIST = "january february march april may june july august september october november december"
_MONTHS = _MONTH_LIST.split()
_TARGET = re.compile(r"(\]\()([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(\))")
_EMAIL = re.compile(r"(/cdn-cgi/l/email-protection)#[0-9a-fA-F]+")
_TOKEN = re.compile(
    r"(?<=[?&])(?:utm_\w+|gclid|fbclid|msclkid|_ga|_gl|mc_[ce]id|sid|s?ess(?:ion)?_?id|phpsessid|jsessionid|aspsessionid\w*"
    r"|nonce|_?csrf(?:_?token)?|xsrf(?:_?token)?|_wpnonce|authenticity_token)=[^&#]*",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
_TODAY = re.compile(
    r"^(?P<lead>[\s>*_#-]*(?:today(?: is|['’]s date(?: is)?)?|(?:current|present) date(?: is)?"
    r"|(?:date )?(?:printed|generated|accessed|retrieved|downloaded|page loaded)(?: on| at)?|it is(?: now)?)\s*:?\s*)"
    r"(?P<when>.{4,60}?)(?P<end>[\s*_.]*)$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b(?:[ap]\.?m\.?|utc|gmt|[ecmp][sd]t|[+-]\d{2}:?\d{2})(?![a-z])", re.IGNORECASE
)
_COUNTERS = (
    re.compile(
        r"(?<![\w.,])\d[\d.,]*"
        r"(?= (?:(?:visitors?|users?|members?|guests?|people|players) (?:are )?(?:currently )?online\b"
        r"|min(?:ute)?s? read\b|(?:people|users|readers) found this (?:helpful|useful)\b))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=\bread time: )\d+(?= min)|(?<=\breading time: )\d+(?= min)", re.IGNORECASE),
    re.compile(r"(?<=\bfound this helpful: )\d[\d.,]*", re.IGNORECASE),
)
_COPYRIGHT = re.compile(
    r"((?:©|\(c\)|\bcopyright\b)(?:[ ,©]|\(c\)){0,6}(?:(?:19|20)\d\d ?[-–—] ?)?)((?:19|20)\d\d)\b(?! ?[-–—])",
    re.IGNORECASE,
)
_COPYRIGHT_WORDS = 25
_LONGEST_LINE = 400
"""Lines longer than this are text: only the targets of their links are looked at."""


def stable(markdown: str, *, captured_on: date) -> str:
    """Return the text with its volatile parts replaced by fixed signs.

    Replaced are: tokens of sessions and campaigns in the targets of links; lines that say no more than which day it is
    (`Today is ...`, `Printed on ...`) if that is the day of capture or the one before or after, whatever the time zone;
    counts of visitors online, minutes to read and votes; the year of capture in a short copyright line.

    Args:
        markdown: an extracted text.
        captured_on: the day of capture, UTC.
    """
    return "\n".join(_stable_line(line, captured_on) for line in markdown.split("\n"))


def _stable_line(line: str, captured_on: date) -> str:
    if "](" in line:
        line = _TARGET.sub(lambda found: found[1] + stable_target(found[2]) + found[3], line)
    if len(line) > _LONGEST_LINE:
        return line
    if (found := _TODAY.match(line)) and _says(found["when"], captured_on):
        line = f"{found['lead']}[day of capture]{found['end']}"
    for counter in _COUNTERS:
        line = counter.sub("[count]", line)
    if len(line.split()) <= _COPYRIGHT_WORDS:
        years = {str(day.year) for day in _days(captured_on)}
        line = _COPYRIGHT.sub(lambda found: found[1] + ("[year]" if found[2] in years else found[2]), line)
    return line


def stable_target(target: str) -> str:
    """Return the target of a link without tokens of a visit."""
    target = _EMAIL.sub(r"\1", _PATH_SESSION.sub("", target))
    if "?" not in target:
        return target
    target = _TOKEN.sub("", target)
    address, _, rest = target.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = "&".join(part for part in query.split("&") if part)
    return address + (f"?{kept}" if kept else "") + mark + fragment


def _says(when: str, captured_on: date) -> bool:
    """Tell whether words are a date near the day of capture, with or without weekday and time, and nothing else."""
    words = _TIME.sub(" ", _WEEKDAY.sub(" ", when)).replace("(", " ").replace(")", " ")
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words.casefold())
    parts = re.findall(r"[^\W\d_]+|\d+", re.sub(r"\b(?:at|of|the|on)\b", " ", words))
    return any(sorted(parts) == sorted(form) for day in _days(captured_on) for form in _forms(day))


def _days(captured_on: date) -> list[date]:
    """Return the day of capture with those before and after: somewhere it is one of them."""
    number = captured_on.toordinal()
    return [
        date.fromordinal(n)
        for n in (number - 1, number, number + 1)
        if date.min.toordinal() <= n <= date.max.toordinal()
    ]


def _forms(day: date) -> list[list[str]]:
    month = _MONTHS[day.month - 1]
    numbers = {str(day.day), f"{day.day:02}"}
    months = {month, month[:3], str(day.month), f"{day.month:02}", *(["sept"] if day.month == 9 else [])}
    return [[number, name, str(day.year)] for number in numbers for name in months]
