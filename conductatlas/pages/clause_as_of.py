"""The clause page as of a day: the words of that day, the stance they take, and the analysis of those very words.

Nothing is compared with other platforms: what they said on that day would be another question.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from changes.find import spans
from clauses.acts.read_versions import current_readings
from clauses.as_of import ClauseThen, clause_then
from clauses.models import Clause, Passage, Standing
from conductatlas.pages.analysis import Shown, present
from conductatlas.pages.words import NAMED, QUOTED, quoted
from platforms.as_of import StoodOn, said, stood_on
from platforms.models import Version


def clause_as_of(request: HttpRequest, found: Clause, day: date) -> HttpResponse:
    """Show a clause, as `find_clause` gives it, as it stood on a day.

    Raises Http404 where it has no words in the version of that day, or none is kept, and Hidden as `stood_on` does.
    """
    kept = found.document
    stood = stood_on(kept, day)
    then = clause_then(found, stood.version)
    if then is None:
        raise Http404(_not_there(found, stood))
    shown = _shown(found, then, stood.version)
    ordered = then.ordered
    cut = quoted(ordered[:QUOTED], stood.version)
    further = ordered[QUOTED:]
    context = {
        "clause": found,
        "document": kept,
        "platform": kept.platform,
        "stood": stood,
        "is_same_across": _is_same_across(found, stood),
        "seen": stood.version,
        "snapshot": stood.version.snapshot,
        "then": then,
        "shown": shown,
        "quotations": cut.quotations,
        "claimed_date": cut.claimed_date,
        "further": further,
        "further_named": further[:NAMED],
        "passage_total": len(ordered),
        "demonstration": kept.platform.is_demonstration,
    }
    return render(request, "pages/clause_as_of.html", context)


def _shown(found: Clause, then: ClauseThen, version: Version) -> Shown | None:
    """Return the analysis of the words, and make the clause, in memory alone, what it was in the version.

    The parts of the clause page that are used again ask it where its words were last seen, and how they stand.
    """
    found.last_seen, found.standing = version, Standing.VERBATIM
    if then.analysis is None:
        return None
    then.analysis.clause = found
    return present(then.analysis)


def _is_same_across(found: Clause, stood: StoodOn) -> bool:
    """Tell whether the clause has the same words on both sides of every gap of the day, whatever else changed."""
    numbers = {sight.number for gap in stood.gaps if gap.after is not None for sight in (gap.before, gap.after)}
    if not numbers or any(gap.after is None for gap in stood.gaps):
        return False
    words: dict[int, set[int]] = {number: set() for number in numbers}
    rows = Passage.objects.filter(
        provision__clause=found, version__document=found.document, version__number__in=numbers
    )
    for number, provision in rows.values_list("version__number", "provision"):
        words[number].add(provision)
    first, *others = words.values()
    return bool(first) and all(other == first for other in others)


def _not_there(found: Clause, stood: StoodOn) -> str:
    version = stood.version
    which = f"version {version.number}, captured on {said(version.captured_at)}, which is the latest by that day"
    if not current_readings().filter(version=version).exists():
        return f"Nobody here knows whether this clause stood on {said(stood.day)}: {which}, has not been read."
    carrying = Version.objects.filter(Q(passages__provision__clause=found), document=found.document).good().distinct()
    numbers = sorted(carrying.values_list("number", flat=True))
    where = f"It stands in version{'s' if len(numbers) > 1 else ''} {spans(numbers)}." if numbers else ""
    return f"“{found.title}” was not found in {which}. {where}".strip()
