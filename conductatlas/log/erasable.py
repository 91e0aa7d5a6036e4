"""What a lawful erasure reaches: every body with the words of a version, and every record that was made from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from changes.models import ChangeRevision
from clauses.models import Analysis
from platforms.models import Outcome, Snapshot, StoredBytes, StoredText, Version


@dataclass(frozen=True)
class Reach:
    """What goes, by primary keys."""

    versions: frozenset[int]
    texts: frozenset[int]
    raws: frozenset[int]

    def names(self) -> list[str]:
        """Return the versions as people cite them."""
        rows = Version.objects.filter(pk__in=self.versions).order_by("document_id", "number")
        return [row.record_id for row in rows]

    def documents(self) -> list[int]:
        """Return the documents of which versions go."""
        return list(
            Version.objects.filter(pk__in=self.versions)
            .order_by("document")
            .values_list("document", flat=True)
            .distinct()
        )

    def analyses(self) -> list[Analysis]:
        """Return the published revisions that quote one of these versions."""
        return list(Analysis.objects.numbered().filter(version__in=self.versions, erasure=None).order_by("pk"))

    def revisions(self) -> list[ChangeRevision]:
        """Return the revisions of change records that compare one of these versions."""
        compares = Q(record__version__in=self.versions) | Q(record__before__in=self.versions)
        return list(ChangeRevision.objects.filter(compares, erasure=None).select_related("record").order_by("pk"))

    def erased(self) -> list[dict[str, Any]]:
        """Return what the record of the erasure lists: each hash and length that goes."""
        texts = StoredText.objects.filter(pk__in=self.texts).defer("body")
        raws = StoredBytes.objects.filter(pk__in=self.raws).defer("body")
        listed = [
            *(_one("text", row.sha256, row.size) for row in texts),
            *(_one("bytes", row.sha256, row.size) for row in raws),
            *(_one("analysis", row.sha256, len(row.record or b""), str(row.clause.record_id), row.number)
              for row in self.analyses()),
            *(_one("change", row.sha256, len(row.content), row.record.record_id, row.number)
              for row in self.revisions()),
        ]  # fmt: skip
        return sorted(listed, key=lambda one: (one["kind"], one["sha256"]))


def reach_of(version: Version) -> Reach:
    """Return what goes when the words of a version go.

    A text is kept once, however many versions have it, so all of them lose it; and the bytes that one of these texts
    was taken from go with it, and what else was taken from them. Bytes of visits that found the page unchanged go too.
    """
    versions, texts, raws = {version.pk}, set[int](), set[int]()
    while True:
        snapshots = Snapshot.objects.filter(
            Q(versions__in=versions) | Q(text__in=texts) | Q(raw__in=raws)
        ) | _unchanged(versions)
        texts |= _there(snapshots.values_list("text", flat=True))
        texts |= _there(Version.objects.filter(pk__in=versions).values_list("text", flat=True))
        raws |= _there(snapshots.values_list("raw", flat=True))
        found = Version.objects.filter(Q(text__in=texts) | Q(snapshot__text__in=texts) | Q(snapshot__raw__in=raws))
        more = set(found.values_list("pk", flat=True))
        if more <= versions:
            return Reach(frozenset(versions), frozenset(texts), frozenset(raws))
        versions |= more


def _there(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def _unchanged(versions: Iterable[int]) -> Any:
    """Return the snapshots of visits that found these versions unchanged, up to the next fetched version of each."""
    wanted = Q(pk__in=[])
    for version in Version.objects.filter(pk__in=versions, snapshot__method="fetched"):
        later = Version.objects.after(version).fetched().exclude(captured_at=version.captured_at).first()
        until = Q(captured_at__lt=later.captured_at) if later is not None else Q()
        wanted |= Q(document=version.document_id, captured_at__gte=version.captured_at) & until
    return Snapshot.objects.filter(wanted, checks__outcome=Outcome.UNCHANGED)


def _one(kind: str, sha256: Any, size: int, of: str = "", number: int | None = None) -> dict[str, Any]:
    named = {"id": of, "number": number} if of else {}
    return {"kind": kind, "sha256": bytes(sha256).hex(), "size": size, **named}
