"""What stood on a day: for any history of captures and visits, the right version and the times nobody looked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from typing import NamedTuple

import pytest
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from platforms.acts.classify import classify_document
from platforms.acts.record_check import record_check
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.as_of import stood_on
from platforms.models import Collection, Document, Method, Operator, Outcome, Platform, Version

pytestmark = pytest.mark.django_db
START = datetime(2024, 3, 1, tzinfo=UTC)
DAYS = 9
LONG = "We keep what you give us for a while, and we tell you when these terms of service change. " * 12
TEXTS = {"a": f"{LONG}Ask us.", "A": f"{LONG}Ask us!", "b": f"{LONG}Do not ask us.", "bad": "Just a moment."}
WORDS = {"a": "a", "A": "a", "b": "b"}
NEXT = count(1)
WRITTEN = Provenance(Method.WRITTEN, url="https://a.example/")


class Event(NamedTuple):
    """A capture of one of the texts, or a visit."""

    at: datetime
    what: str


events = st.dictionaries(
    st.integers(0, 24 * DAYS - 1),
    st.sampled_from(["a", "A", "b", "b", "bad", "unchanged", "unchanged", "failed"]),
    max_size=12,
).map(lambda hours: [Event(START + timedelta(hours=hour), what) for hour, what in sorted(hours.items())])


def kept(history: list[Event], provenance: Provenance = WRITTEN) -> Document:
    number = next(NEXT)
    operator = Operator.objects.create(name=f"Example {number}", slug=f"example-{number}")
    platform = Platform.objects.create(slug=f"example-{number}", name="Example", operator=operator, added_at=START)
    document = Document.objects.create(
        platform=platform, slug="terms", title="Terms", kind="terms-of-service", nature="agreement", language="en", added_at=START,
    )  # fmt: skip
    arrivals = []
    for at, what in history:
        if what in TEXTS:
            arrivals.append(Arrival(document.pk, at, TEXTS[what].encode(), "x 1", provenance))
        else:
            reason = "unreachable" if what == "failed" else ""
            record_check(document=document, checked_at=at, outcome=Outcome(what), reason=reason)
    record_versions(arrivals, recorded_at=START)
    classify_document(document_id=document.pk)
    return document


def sights(history: list[Event]) -> list[tuple[datetime, str]]:
    """Return each moment at which some words were seen: a good capture, or an unchanged visit after one."""
    seen, latest = [], ""
    for at, what in history:
        latest = what if what in TEXTS else latest
        if latest in WORDS and what != "failed":
            seen.append((at, WORDS[latest]))
    return seen


@settings(max_examples=20)
@given(events)
def test_each_day_has_its_version_and_just_the_times_in_which_nobody_looked(history: list[Event]) -> None:
    document = kept(history)
    seen = sights(history)
    windows: list[tuple[datetime, datetime | None]] = [(a[0], b[0]) for a, b in pairwise(seen) if a[1] != b[1]]
    windows += [(seen[-1][0], None)] if seen else []
    for n in range(-1, DAYS + 2):
        day = START.date() + timedelta(days=n)
        start = START + timedelta(days=n)
        end = start + timedelta(days=1)
        captured = [at for at, what in history if what in WORDS and at < end]
        if not captured:
            with pytest.raises(Http404):
                stood_on(document, day)
            continue
        found = stood_on(document, day)
        assert found.version.captured_at == captured[-1]
        assert found.version == Version.objects.filter(document=document).good().as_of(day).first()
        within = [(a, b) for a, b in windows if a < end and (b is None or b > start)]
        assert [(gap.begins, gap.ends) for gap in found.gaps] == within
        assert [gap.is_whole_day for gap in found.gaps] == [a <= start and (b is None or b >= end) for a, b in within]
        later = [at for at, what in history if what in WORDS and at >= end]
        assert (found.following.captured_at if found.following else None) == (later[0] if later else None)


def test_visits_tell_nothing_of_imported_texts() -> None:
    history = [Event(START, "a"), Event(START + timedelta(days=1), "unchanged")]
    assert stood_on(kept(history), date(2024, 3, 2)).was_checked
    collection = Collection.objects.create(name="Archive", licence="CC0", attribution="Archive", added_at=START)
    origin = Provenance(Method.IMPORTED, collection_id=collection.pk, repository="r", commit="c", path="p")
    assert not stood_on(kept(history, origin), date(2024, 3, 2)).was_checked
