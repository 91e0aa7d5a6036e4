"""The history of a document: its versions by class, each with what it changed, and every check."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changes.models import ChangeRecord, RecordState
from platforms.check_runs import CheckRuns, check_runs, is_ailing
from platforms.find import find_document
from platforms.keyset import keyset_page
from platforms.models import AILING_AFTER, Check, Class, Document, Takedown, Version

VERSIONS_A_PAGE = 50
RUNS_A_PAGE = 30
SHOWN = {
    "": ("All", frozenset(Class)),
    "terms": ("Changes of terms", frozenset({Class.FIRST, Class.SUBSTANTIVE, Class.REVERTED})),
    "cosmetic": ("Cosmetic", frozenset({Class.COSMETIC})),
    "technical": ("Technical", frozenset({Class.TECHNICAL})),
    "flap": ("Flaps", frozenset({Class.FLAP})),
    "suspect": ("Suspect", frozenset({Class.SUSPECT})),
}
"""What the list of versions can be narrowed to."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with the change that it brought, if one is recorded, and how many words it has more than before."""

    version: Version
    record: ChangeRecord | None
    more_words: int | None

    @property
    def more_said(self) -> str:
        """Return how many words more or fewer, with its sign."""
        return f"{self.more_words or 0:+,}".replace("-", "−")

    @property
    def kind(self) -> Class | None:
        """Return its class; None where it is not classed yet."""
        known = getattr(self.version, "version_class", None)
        return Class(known.kind) if known is not None else None

    @property
    def is_of_terms(self) -> bool:
        """Tell a version that brought terms from one that brought none."""
        return self.kind in SHOWN["terms"][1]


@require_safe
def history(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """List the versions of a document, the latest first, suspect ones included, and all checks, failed ones too."""
    kept = find_document(platform, document)
    show = request.GET.get("show", "").strip()
    if show not in SHOWN:
        raise BadRequest(f"There are no versions called “{show}”; choose one of: {', '.join(filter(None, SHOWN))}.")
    versions = _versions(kept)
    page = keyset_page(
        versions.filter(version_class__kind__in=SHOWN[show][1]) if show else versions,
        order=["-captured_at", "-source_order", "-number"],
        after=request.GET.get("after", ""),
        size=VERSIONS_A_PAGE,
    )
    counts = dict(
        Version.objects.filter(document=kept).values_list("version_class__kind").annotate(n=Count("pk")).order_by()
    )
    latest = list(Check.objects.filter(document=kept).order_by("-checked_at", "-pk")[:AILING_AFTER])
    context = {
        "document": kept,
        "platform": kept.platform,
        "page": page,
        "rows": _rows(kept, page.rows),
        "show": show,
        "shown": [(key, label, _total(counts, kinds if key else None)) for key, (label, kinds) in SHOWN.items()],
        "counts": [(kind, counts[kind]) for kind in Class if kind in counts],
        "total": sum(counts.values()),
        "runs": _runs(request, kept),
        "is_ailing": is_ailing(latest),
        "latest_check": latest[0] if latest else None,
        "ailing_after": AILING_AFTER,
        "demonstration": kept.platform.is_demonstration,
    }
    return render(request, "pages/history.html", context)


def _versions(kept: Document) -> QuerySet[Version]:
    return (
        Version.objects.filter(document=kept)
        .select_related(
            "version_class__compared_with__text__profile",
            "version_class__returns_to",
            "snapshot",
            "text__profile",
        )
        .annotate(is_hidden=Exists(Takedown.objects.filter(version=OuterRef("pk"))))
        .defer("text__body", "version_class__compared_with__text__body")
    )


def _rows(kept: Document, versions: list[Version]) -> list[VersionRow]:
    records = {record.version_id: record for record in ChangeRecord.objects.filter(version__in=versions)}
    rows = []
    for version in versions:
        version.document = kept
        record = records.get(version.pk)
        if record is not None and (record.state == RecordState.WITHDRAWN or version.is_hidden):  # type: ignore[attr-defined]
            record = None
        rows.append(VersionRow(version, record, _more_words(version)))
    return rows


def _more_words(version: Version) -> int | None:
    """Return how many words a version has more than the one it is compared with; None where that is not known."""
    known = getattr(version, "version_class", None)
    before = known.compared_with if known is not None else None
    mine, theirs = (getattr(one.text, "profile", None) if one is not None else None for one in (version, before))
    return mine.words - theirs.words if mine is not None and theirs is not None else None


def _total(counts: dict[str, int], kinds: frozenset[Class] | None) -> int:
    return sum(number for kind, number in counts.items() if kinds is None or kind in kinds)


def _runs(request: HttpRequest, kept: Document) -> CheckRuns:
    written = request.GET.get("before", "0")
    if not written.isascii() or not written.isdecimal() or len(written) > 9:
        raise BadRequest("This list of checks has no such page: start again from its first page.")
    return check_runs(kept.pk, before=int(written), size=RUNS_A_PAGE)
