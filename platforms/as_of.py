"""Which version of a document stood on a day, and how far the evidence tells that (docs/evidence.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from platforms.find import Hidden
from platforms.models import Document, Takedown, Version
from platforms.text.sights import Gap, Sight, bounds, gaps


@dataclass(frozen=True, slots=True)
class StoodOn:
    """The answer: the latest good version captured by the end of the day, and the times around it nobody looked."""

    day: date
    version: Version
    sight: Sight
    following: Version | None
    """The next good version, captured after the day."""
    gaps: list[Gap]

    @property
    def was_checked(self) -> bool:
        """Tell whether a visit found the version unchanged after its capture."""
        return self.sight.last_at > self.sight.first_at

    @property
    def is_certain(self) -> bool:
        """Tell whether the version was seen before the day and after it, with no other words between."""
        return not self.gaps

    @property
    def same_words_follow(self) -> bool:
        """Tell whether the next version has the same words."""
        return self.following is not None and not _has_new_words(self.following, self.version)


def stood_on(document: Document, day: date) -> StoodOn:
    """Return what stood on a day. Four queries.

    Raises Http404 where nothing was captured by then, and Hidden where what was captured has been taken down.
    """
    good = (
        Version.objects.filter(document=document, version_class__is_good=True)
        .select_related("version_class", "snapshot__collection", "text")
        .defer("text__body")
    )
    start, end = bounds(day)
    seen = good.as_of(day).with_latest_check()
    chain = [*seen.filter(captured_at__gte=start), *seen.filter(captured_at__lt=start)[:1]][::-1]
    following = good.filter(captured_at__gte=end).in_order().first()
    if not chain:
        raise Http404(_nothing_yet(document, day, following))
    takedown = Takedown.objects.filter(version=chain[-1]).first()
    if takedown is not None:
        raise Hidden(takedown)
    versions = [*chain, following] if following is not None else chain
    sights = [_sight(one, versions[place - 1] if place else None) for place, one in enumerate(versions)]
    for one in versions:
        one.document = document
    return StoodOn(day, chain[-1], sights[len(chain) - 1], following, gaps(sights, day))


def _sight(version: Version, before: Version | None) -> Sight:
    checked_at = getattr(version, "latest_check_at", None)
    new = before is None or _has_new_words(version, before)
    return Sight(version.number, version.captured_at, checked_at or version.captured_at, new)


def _has_new_words(version: Version, before: Version) -> bool:
    known = version.version_class
    return known.changes_words or known.compared_with_id != before.pk


def _nothing_yet(document: Document, day: date, first: Version | None) -> str:
    if first is None:
        return f"No version of the {document.full_title} can be read, so nobody here knows what stood on {said(day)}."
    return (
        f"The first version of the {document.full_title} that is kept was captured on {said(first.captured_at)}."
        f" What stood on {said(day)} nobody here saw."
    )


def said(day: date) -> str:
    """Return a day as people say it."""
    return f"{day.day} {day:%B %Y}"
