"""Brings derived facts up to date where the evidence beneath them has changed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Count

from clauses.acts.cover import cover_platform
from clauses.acts.derive_clauses import derive_clauses, stale
from clauses.acts.prioritise import prioritise_document
from clauses.models import Basis, ClauseType, Coverage
from platforms.models import Document, Platform


@transaction.atomic
def settle_document(*, document_id: int) -> None:
    """Derive what is shown of one document's clauses, and cover its platform, after an act changed them."""
    derive_clauses(document_id=document_id)
    prioritise_document(document_id=document_id)
    cover_platform(platform_id=Document.objects.values_list("platform_id", flat=True).get(pk=document_id))


def settle(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Derive stale clauses and cover their platforms again; return how many platforms that were.

    Stale are documents whose latest good version is not the one their clauses were derived from, and platforms that
    have not a coverage row for every type and basis. Each platform is one transaction.
    """
    whole = ClauseType.objects.count() * len(Basis)
    rows = dict(Coverage.objects.values_list("platform").annotate(rows=Count("pk")))
    short = {pk for pk in Platform.objects.values_list("pk", flat=True) if rows.get(pk, 0) != whole}
    waiting = sorted(short | set(stale().values_list("platform_id", flat=True)))
    for done, platform_id in enumerate(waiting, start=1):
        with transaction.atomic():
            for document_id in stale().filter(platform_id=platform_id).order_by("pk").values_list("pk", flat=True):
                derive_clauses(document_id=document_id)
                prioritise_document(document_id=document_id)
            cover_platform(platform_id=platform_id)
        progress(done, len(waiting))
    return len(waiting)
