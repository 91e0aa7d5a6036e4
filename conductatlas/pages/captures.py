"""The calendar of captures: each day of a year on which a document was captured or checked, month by month."""

from __future__ import annotations

from calendar import Calendar
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, Max, Min, OuterRef
from django.db.models.functions import ExtractYear, TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from platforms.as_of import said
from platforms.find import find_document
from platforms.models import Check, Class, Document, Outcome, Takedown, Version

OF_TERMS = (Class.FIRST, Class.SUBSTANTIVE, Class.REVERTED)


@dataclass(frozen=True, slots=True)
class Captured:
    """A version as the calendar tells it."""

    number: int
    kind: Class | None
    is_good: bool
    is_hidden: bool

    @property
    def said(self) -> str:
        """Return it in words."""
        what = "taken down" if self.is_hidden else self.kind.label.lower() if self.kind else "not classed yet"
        return f"version {self.number} captured ({what})"


@dataclass(slots=True)
class Day:
    """What happened on a day. `is_asked_of` tells whether a version had been captured by its end."""

    on: date
    versions: list[Captured] = field(default_factory=list)
    checks: Counter[str] = field(default_factory=Counter)
    is_asked_of: bool = False

    @property
    def mark(self) -> str:
        """Return how the day is drawn: by the weightiest that happened on it."""
        if self.versions:
            good = [one for one in self.versions if one.is_good]
            return "terms" if any(one.kind in OF_TERMS for one in good) else "same" if good else "flawed"
        return "seen" if self.checks[Outcome.UNCHANGED] else "failed" if self.checks[Outcome.FAILED] else ""

    @property
    def said(self) -> str:
        """Return the day and what happened on it, in words."""
        parts = [one.said for one in self.versions]
        for outcome, word in ((Outcome.UNCHANGED, "unchanged"), (Outcome.FAILED, "failed")):
            if number := self.checks[outcome]:
                parts.append(f"{number} check{'s' if number > 1 else ''} {word}")
        return f"{said(self.on)}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None are days of other months."""

    first: date
    weeks: list[list[Day | None]]


@require_safe
def calendar(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """Show the captures and checks of a document in one year: the latest that has any, or the one asked for."""
    kept = find_document(platform, document)
    years = _years(kept)
    year = _asked(request.GET.get("year", ""), years)
    first_good = Version.objects.filter(document=kept).good().in_order().first()
    days = _days(kept, year, first_good) if year is not None else {}
    context = {
        "document": kept,
        "platform": kept.platform,
        "years": list(years.items()),
        "year": year,
        "months": months(days.values()),
        "captures": sum(len(day.versions) for day in days.values()),
        "checks": sum((day.checks for day in days.values()), Counter()).total(),
        "first_good": first_good,
        "today": timezone.now().date(),
        "demonstration": kept.platform.is_demonstration,
    }
    return render(request, "pages/calendar.html", context)


def months(days: Iterable[Day]) -> list[Month]:
    """Return the months that have one of the days, in order, each whole."""
    known = {day.on: day for day in days}
    return [
        Month(
            date(year, month, 1),
            [
                [known.get(on) or Day(on) if on.month == month else None for on in week]
                for week in Calendar().monthdatescalendar(year, month)
            ],
        )
        for year, month in sorted({(on.year, on.month) for on in known})
    ]


def _years(kept: Document) -> dict[int, int]:
    """Return the years from the first capture or check to the last, each with its number of captures. Two queries."""
    of_document = Version.objects.filter(document=kept).order_by()
    captures = dict(of_document.values_list(ExtractYear("captured_at")).annotate(n=Count("pk")))
    checks = Check.objects.filter(document=kept).aggregate(first=Min("checked_at"), last=Max("checked_at"))
    seen = [*captures, *(at.year for at in checks.values() if at is not None)]
    return {year: captures.get(year, 0) for year in range(min(seen), max(seen) + 1)} if seen else {}


def _asked(written: str, years: dict[int, int]) -> int | None:
    """Return the year to show; None where nothing was ever captured or checked."""
    if not written:
        return max(years, default=None)
    if not (written.isascii() and written.isdecimal() and int(written[:9]) in years):
        span = f" There are {min(years)} to {max(years)}." if years else ""
        raise BadRequest(f"The calendar has no year “{written}”.{span}")
    return int(written)


def _days(kept: Document, year: int, first_good: Version | None) -> dict[date, Day]:
    """Return what happened on each day of a year on which anything did. Two queries."""
    span = (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
    known: dict[date, Day] = {}
    by_day = defaultdict(list)
    hidden = Exists(Takedown.objects.filter(version=OuterRef("pk")))
    versions = Version.objects.filter(document=kept, captured_at__range=span).in_order().annotate(hidden=hidden)
    for number, at, kind, is_good, is_hidden in versions.values_list(
        "number", "captured_at", "version_class__kind", "version_class__is_good", "hidden"
    ):
        by_day[at.date()].append(Captured(number, Class(kind) if kind else None, bool(is_good), is_hidden))
    for on, captured in by_day.items():
        known[on] = Day(on, captured)
    checks = Check.objects.filter(document=kept, checked_at__range=span).order_by()
    counted = checks.values_list(TruncDate("checked_at", tzinfo=UTC), "outcome").annotate(n=Count("pk"))
    for on, outcome, number in counted:
        known.setdefault(on, Day(on)).checks[outcome] = number
    for day in known.values():
        day.is_asked_of = first_good is not None and day.on >= first_good.captured_at.date()
    return known
