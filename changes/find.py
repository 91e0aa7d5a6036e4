"""Finds change records and pairs of versions by what an address names."""

from __future__ import annotations

from django.http import Http404

from changes.models import ChangeRecord
from platforms.find import Hidden, find_document
from platforms.models import Document, Takedown, Version


def find_change(number: int) -> ChangeRecord:
    """Return a change record with all that its page names, both texts among it.

    Raises Http404, or Hidden where one of its versions was taken down.
    """
    found = (
        ChangeRecord.objects.select_related(
            "document__platform__operator",
            "document__latest_version",
            "version__text",
            "version__snapshot__collection",
            "before__text",
            "before__snapshot__collection",
            "revision__published_by",
        )
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404(f"There is no change record CA-C-{number:06d} here.")
    refuse_hidden([found.before_id, found.version_id])
    found.before.document = found.version.document = found.document
    return found


def find_pair(platform: str, document: str, first: int, second: int) -> tuple[Document, Version, Version]:
    """Return a document and two versions of it with what a comparison names, without their texts.

    The two may be the same one. Raises Moved, Http404 that says what there is, or Hidden.
    """
    kept = find_document(platform, document)
    versions = {
        version.number: version
        for version in Version.objects.filter(document=kept, number__in=[first, second]).select_related(
            "text", "version_class__compared_with", "version_class__returns_to"
        ).defer("text__body")
    }  # fmt: skip
    for number in (first, second):
        if number not in versions:
            numbers = Version.objects.filter(document=kept).in_order().values_list("number", flat=True)
            there = f"It has {len(numbers)}, numbered {spans(sorted(numbers))}." if numbers else "It has none yet."
            raise Http404(f"{kept.title} has no version {number}. {there}")
    refuse_hidden([version.pk for version in versions.values()])
    for version in versions.values():
        version.document = kept
    return kept, versions[first], versions[second]


def refuse_hidden(versions: list[int]) -> None:
    """Raise Hidden where one of these versions was taken down."""
    takedown = Takedown.objects.filter(version__in=versions).order_by("-ground").first()
    if takedown is not None:
        raise Hidden(takedown)


def spans(numbers: list[int]) -> str:
    """Return numbers in order as people say them: "1 to 4, 6"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first} to {last}" if last > first else str(first) for first, last in spans)
