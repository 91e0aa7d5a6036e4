"""Classes the versions of documents, and finds the latest good one. Derived: may run again at any time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from platforms.models import Document, Shortening, StoredText, TextProfile, Version, VersionClass
from platforms.text.faults import Fault, fault_of
from platforms.text.history import CLASSIFIER_RELEASE, Entry, Verdict, classes
from platforms.text.language import language_of
from platforms.text.words import Fingerprints

NOTHING = b"\0" * 32


def classify_pending(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Class each document that has a version not classed by this release; return how many documents were done."""
    waiting = list(Document.objects.unclassed(CLASSIFIER_RELEASE).order_by("pk").values_list("pk", flat=True))
    for done, document_id in enumerate(waiting, start=1):
        classify_document(document_id=document_id)
        progress(done, len(waiting))
    return len(waiting)


@transaction.atomic
def classify_document(*, document_id: int) -> list[Verdict]:
    """Class every version of one document again, and set its latest good version and, once, its language."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    _profile(document_id)
    rows = (
        Version.objects.filter(document_id=document_id)
        .in_order()
        .values_list("pk", "captured_at", "snapshot_id", "snapshot__method", "snapshot__claimed_kind", "text_id")
    )
    profiles = TextProfile.objects.filter(text__versions__document_id=document_id).in_bulk()
    texts = StoredText.objects.filter(versions__document_id=document_id).values_list("pk", "sha256")
    hashes = {pk: bytes(sha256) for pk, sha256 in texts}
    shortenings = list(
        Shortening.objects.filter(document=document)
        .order_by("check_refused__checked_at")
        .values_list("check_refused__checked_at", "words")
    )
    verdicts = classes([_entry(row, profiles, hashes, shortenings) for row in rows])
    _save(verdicts)
    latest = Version.objects.filter(document_id=document_id).good().latest_first().first()
    if not document.language and latest is not None and latest.text is not None:
        document.language = language_of(latest.text.body)
    document.latest_version = latest
    document.save(update_fields=["latest_version", "language"])
    return verdicts


def _entry(
    row: tuple[Any, ...],
    profiles: dict[int, TextProfile],
    hashes: dict[int, Any],
    shortenings: Sequence[tuple[datetime, int]],
) -> Entry:
    key, captured_at, snapshot, method, claimed, text_id = row
    profile = profiles.get(text_id)
    earlier = bisect_right(shortenings, captured_at, key=lambda one: one[0])
    return Entry(
        key=key,
        captured_at=captured_at,
        text_hash=hashes.get(text_id, NOTHING),
        word_hash=bytes(profile.word_hash) if profile else NOTHING,
        linkless_hash=bytes(profile.linkless_hash) if profile else NOTHING,
        words=profile.words if profile else 0,
        fault=Fault(profile.fault) if profile else Fault.UNDECODABLE,
        claims_technical=claimed == "technical",
        snapshot=snapshot,
        method=method,
        shortened=shortenings[earlier - 1] if earlier else None,
    )


def _profile(document_id: int) -> None:
    """Profile the document's texts that this release has not profiled yet."""
    waiting = (
        StoredText.objects.filter(versions__document_id=document_id)
        .exclude(profile__release=CLASSIFIER_RELEASE)
        .distinct()
        .order_by("pk")
    )
    fingerprints = Fingerprints()
    ids = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(ids), 50):  # some documents have hundreds of long texts
        made = [_profiled(text, fingerprints) for text in StoredText.objects.filter(pk__in=ids[start : start + 50])]
        TextProfile.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["text"],
            update_fields=["release", "words", "word_hash", "linkless_hash", "fault"],
        )


def _profiled(text: StoredText, fingerprints: Fingerprints) -> TextProfile:
    words = fingerprints.of(text.body)
    return TextProfile(
        text=text,
        release=CLASSIFIER_RELEASE,
        words=words.count,
        word_hash=words.word_hash,
        linkless_hash=words.linkless_hash,
        fault=fault_of(text.body, words.count),
    )


def _save(verdicts: Iterable[Verdict]) -> None:
    VersionClass.objects.bulk_create(
        [
            VersionClass(
                version_id=verdict.key,
                release=CLASSIFIER_RELEASE,
                kind=verdict.kind,
                is_good=verdict.is_good,
                fault=verdict.fault,
                compared_with_id=verdict.compared_with,
                returns_to_id=verdict.returns_to,
                changes_words=verdict.changes_words,
                changes_only_links=verdict.changes_only_links,
            )
            for verdict in verdicts
        ],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=[
            "release", "kind", "is_good", "fault", "compared_with", "returns_to", "changes_words", "changes_only_links",
        ],
    )  # fmt: skip
