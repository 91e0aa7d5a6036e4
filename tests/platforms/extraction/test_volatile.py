"""Volatile parts are replaced for comparison, and nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.text.extraction import stable

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("line", "steady"),
    [
        ("Today is 24 November 2026", "Today is [day of capture]"),
        ("Today is Tuesday, November 24th, 2026.", "Today is [day of capture]."),
        ("**Current date: 2026-11-24 16:37 UTC**", "**Current date: [day of capture]**"),
        ("Printed on 25.11.2026, 01:02", "Printed on [day of capture]"),
        ("> Generated on Nov 23, 2026 at 11:59 pm", "> Generated on [day of capture]"),
        ("Accessed on 11/24/2026", "Accessed on [day of capture]"),
        ("1,234 visitors online", "[count] visitors online"),
        ("There are 17 users currently online.", "There are [count] users currently online."),
        ("By the legal team, 12 min read", "By the legal team, [count] min read"),
        ("Reading time: 9 minutes", "Reading time: [count] minutes"),
        ("5 people found this helpful", "[count] people found this helpful"),
        ("© 2026 Shop", "© [year] Shop"),
        ("Copyright © 2011-2026 Shop. All rights reserved.", "Copyright © 2011-[year] Shop. All rights reserved."),
        (
            "[x](https://a.example/cdn-cgi/l/email-protection#a1b2c3)",
            "[x](https://a.example/cdn-cgi/l/email-protection)",
        ),
        ("[x](https://a.example/b?utm_source=c&id=3&PHPSESSID=ab#d)", "[x](https://a.example/b?id=3#d)"),
        ("[x](/b;jsessionid=0A1?csrf_token=9&nonce=1)", "[x](/b)"),
    ],
)
def test_volatile_parts_are_replaced(line: str, steady: str) -> None:
    assert stable(f"# Terms\n\n{line}\n", captured_on=DAY) == f"# Terms\n\n{steady}\n"
    assert stable(steady, captured_on=DAY) == steady


@pytest.mark.parametrize(
    "line",
    [
        "Effective 24 November 2026",
        "Last updated: November 24, 2026",
        "Last updated on 24 November 2026 16:37",
        "Date: 24 November 2026",
        "Today is 24 October 2026",
        "Printed on 24 November 2025",
        "Accessed on 24 November 2026 by the parties, who agree.",
        "Today you agree to 24 November 2026 and later dates",
        "As of today, 24 November 2026, we charge 5 % more.",
        "We keep data for 24 months; 2026 people found it.",
        "You must be 13 years old. There are 3 users per account.",
        "© 2019 Shop",
        "© 2020-2023 Shop",
        "The licence of 2026 stands under copyright law of 1976.",
        "[x](https://a.example/b?id=3&page=2)",
        "https://a.example/?utm_source=words",
        "Read this within 12 minutes",
    ],
)
def test_everything_else_stays(line: str) -> None:
    assert stable(line, captured_on=DAY) == line


def test_two_captures_of_the_same_text_are_the_same() -> None:
    page = "# Terms\n\nToday is {}\n\nEffective 1 May 2026\n\n[a](/b?sid={})\n"
    first = stable(page.format("23 November 2026", "77"), captured_on=date(2026, 11, 23))
    assert first == stable(page.format("November 24, 2026", "8a"), captured_on=DAY)


def test_the_first_and_last_day_of_time_are_no_trouble() -> None:
    for day in (date.min, date.max):
        assert stable("Today is whenever it is", captured_on=day) == "Today is whenever it is"


PHRASES = re.compile(
    r"today|date|printed|generated|accessed|retrieved|downloaded|loaded|it is|online|read|helpful|useful|©|\(c\)|copyright|\]\(",
    re.IGNORECASE,
)
LINES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


@given(LINES, st.dates())
def test_texts_without_these_phrases_are_untouched(text: str, day: date) -> None:
    if not PHRASES.search(text):
        assert stable(text, captured_on=day) == text


TODAY = "Today is |24 November 2026|2026|2025|-|© |copyright |(c)|, |12|1,234 | min read| visitors online|\n|16:37|."
OTHER = "[x](|)|?|&|sid=|utm_a=|;jsessionid=|/cdn-cgi/l/email-protection#ab|#|a|(|Reading time: | found this helpful: "
PIECES = st.lists(
    st.sampled_from([*TODAY.split("|"), *OTHER.split("|")]),
    max_size=25,
).map("".join)


@given(PIECES)
def test_what_is_stable_stays_so(text: str) -> None:
    once = stable(text, captured_on=DAY)
    assert stable(once, captured_on=DAY) == once


@given(PIECES)
def test_lines_stay_lines(text: str) -> None:
    assert stable(text, captured_on=DAY).count("\n") == text.count("\n")
