"""The comparison of any two versions of a document: only what changed, the whole text, or both sides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from changes.acts.compare_versions import clause_changes
from changes.find import find_pair
from changes.limits import is_comparable
from changes.models import ChangeRecord
from changes.presenting import sheet, touches_shown
from changes.text.compare import compare
from changes.text.hunks import Comparison
from changes.text.rows import as_json
from clauses.acts.read_versions import current_readings
from platforms.find import find_document
from platforms.models import Class, Document, StoredText, Version

VIEWS = {"changes": "Only what changed", "inline": "Whole text", "side": "Side by side"}
MOST_CHOICES = 150
"""Versions that the form lists by name; of more it asks for the numbers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions in the order asked for."""

    document: Document
    old: Version
    new: Version

    @property
    def characters(self) -> int:
        """Return how many characters both texts have together."""
        return sum(version.text.length for version in (self.old, self.new) if version.text is not None)

    @property
    def is_backwards(self) -> bool:
        """Tell whether the later of the two comes first."""
        return _place(self.old) > _place(self.new)

    @property
    def is_adjacent(self) -> bool:
        """Tell whether the second was compared with the first when it was classed."""
        kind = getattr(self.new, "version_class", None)
        return kind is not None and kind.compared_with_id == self.old.pk

    def address(self, *, forward: bool = False) -> str:
        """Return the address of this comparison; `forward` with the earlier one first."""
        first, second = (self.new, self.old) if forward and self.is_backwards else (self.old, self.new)
        return reverse("diff", args=[self.document.platform.slug, self.document.slug, first.number, second.number])


@require_safe
def diff(request: HttpRequest, platform: str, document: str, first: int, second: int) -> HttpResponse:
    """Show what changed from one version to another."""
    view = request.GET.get("view", "changes")
    if view not in VIEWS:
        raise BadRequest(f"A comparison is not shown as “{view}”; it may be one of: {', '.join(VIEWS)}.")
    pair = Pair(*find_pair(platform, document, first, second))
    kept = pair.document
    is_same, is_shown = pair.old.pk == pair.new.pk, is_comparable(pair.characters)
    context: dict[str, Any] = {
        "pair": pair,
        "document": kept,
        "platform": kept.platform,
        "old": pair.old,
        "new": pair.new,
        "view": view,
        "views": VIEWS,
        "is_same": is_same,
        "is_shown": is_shown,
        "notices": [] if is_same else _notices(pair),
        "choices": _choices(kept),
        "canonical_url": settings.SITE_URL + pair.address(forward=True),
        "demonstration": kept.platform.is_demonstration,
        "is_indexed": pair.is_adjacent and is_shown and not is_same,
        "record": ChangeRecord.objects.filter(version=pair.new.pk, before=pair.old.pk).shown().first(),
    }
    if is_shown and not is_same:
        comparison = _compared(pair)
        context |= {
            "sheet": (shown := sheet(comparison, context=1 if view == "changes" else None)),
            "counts": comparison.counts(),
            "is_read": (is_read := _is_read(pair)),
            "touches": touches_shown(clause_changes(comparison, pair.old, pair.new), shown) if is_read else [],
        }
        for touch in context["touches"]:
            touch.change.clause.document = kept
    return render(request, "changes/diff.html", context)


@require_safe
def diff_json(request: HttpRequest, platform: str, document: str, first: int, second: int) -> HttpResponse:
    """Answer with the comparison of two versions for programs."""
    pair = Pair(*find_pair(platform, document, first, second))
    answer: dict[str, Any] = {
        "document": pair.document.record_id,
        "old": _version_part(pair.old),
        "new": _version_part(pair.new),
        "url": settings.SITE_URL + pair.address(),
        "counts": None,
        "comparison": None,
    }
    if is_comparable(pair.characters):
        comparison = _compared(pair)
        answer["counts"] = asdict(comparison.counts())
        answer["comparison"] = as_json(comparison)
    answered = JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answered["X-Robots-Tag"] = "noindex"
    return answered


@require_safe
def choose(request: HttpRequest, platform: str, document: str) -> HttpResponse:
    """Lead to the comparison of two versions that a form names; to the latest pair where it names none."""
    kept = find_document(platform, document)
    view = request.GET.get("view", "")
    numbers = [request.GET.get(name, "").strip() for name in ("from", "to")]
    if not any(numbers):
        latest = list(Version.objects.filter(document=kept).latest_first().values_list("number", flat=True)[:2])
        if not latest:
            raise Http404(f"{kept.title} has no version yet that could be compared.")
        numbers = [str(latest[-1]), str(latest[0])]
    if not all(number.isascii() and number.isdigit() and len(number) < 10 for number in numbers):
        raise BadRequest("Two versions are compared by their numbers, such as 3 and 4.")
    address = reverse("diff", args=[platform, document, *map(int, numbers)])
    return HttpResponseRedirect(f"{address}?view={view}" if view in VIEWS and view != "changes" else address)


def _compared(pair: Pair) -> Comparison:
    """Compare the two texts. One query."""
    bodies = dict(StoredText.objects.filter(pk__in=[pair.old.text_id, pair.new.text_id]).values_list("pk", "body"))
    old, new = (bodies.get(version.text_id or 0, "") for version in (pair.old, pair.new))
    return compare(old, new)


def _is_read(pair: Pair) -> bool:
    """Tell whether both versions were read by the current reader, so that their clauses can be compared."""
    return current_readings().filter(version__in=[pair.old.pk, pair.new.pk]).count() == 2


def _notices(pair: Pair) -> list[str]:
    """Say what a reader must know before taking the differences for changes of terms (rules 4 to 6)."""
    said = []
    for version in (pair.old, pair.new):
        kind = getattr(version, "version_class", None)
        if kind is not None and kind.kind == Class.SUSPECT:
            said.append(
                f"Version {version.number} is suspect: {kind.get_fault_display().lower()}."
                " What it lacks was not removed by anybody as far as is known."
            )
        if version.text_id is None:
            said.append(f"Version {version.number} has no text; its bytes alone are kept.")
    kind = pair.new.version_class if pair.is_adjacent else None
    if kind is not None and kind.kind == Class.FLAP and kind.returns_to is not None:
        said.append(f"A flap: within 30 days the text went back to that of version {kind.returns_to.number}.")
    elif kind is not None and kind.kind == Class.COSMETIC:
        said.append("Cosmetic: words and digits are the same; markup, case, punctuation or link targets differ.")
    elif kind is not None and kind.kind == Class.TECHNICAL and not kind.changes_words:
        said.append("Technical: the extractor changed, and the words are the same.")
    if pair.old.extractor != pair.new.extractor and not (kind is not None and not kind.changes_words):
        said.append("The extractor changed between the two; a change of terms cannot be excluded, nor can its work be.")
    return said


def _choices(kept: Document) -> list[tuple[int, Any]]:
    """Return number and day of each version, the latest first; none where they are too many to be listed."""
    rows = Version.objects.filter(document=kept).latest_first().values_list("number", "captured_at")
    found = list(rows[: MOST_CHOICES + 1])
    return found if len(found) <= MOST_CHOICES else []


def _place(version: Version) -> tuple[Any, ...]:
    return version.captured_at, version.source_order, version.number


def _version_part(version: Version) -> dict[str, Any]:
    path = [version.document.platform.slug, version.document.slug, version.number]
    return {
        "number": version.number,
        "captured_at": version.captured_at.isoformat().replace("+00:00", "Z"),
        "extractor": version.extractor,
        "text_url": settings.SITE_URL + reverse("version_text", args=path),
        "text_sha256": bytes(version.text.sha256).hex() if version.text is not None else None,
    }
