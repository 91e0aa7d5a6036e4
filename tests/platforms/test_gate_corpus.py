"""The gate over real policies: what their history calls good passes, what it calls suspect does not."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from platforms.acts.register import kind_and_nature
from platforms.sources.git import BlobReader, opened
from platforms.sources.open_terms_archive import Capture, captures
from platforms.text.faults import Fault, fault_of
from platforms.text.gate import Refusal, gate
from platforms.text.history import Entry, Verdict, classes
from platforms.text.language import language_of
from platforms.text.words import Fingerprints


@dataclass
class Judged:
    name: str
    verdict: Verdict
    is_latest_good: bool
    refusal: Refusal | None


def judged(bundle: Path) -> Iterator[Judged]:
    """Yield every version of a bundle with its class and what the gate says to it."""
    documents: dict[str, list[Capture]] = defaultdict(list)
    with opened(bundle) as repository:
        for order, commit in enumerate(repository.commits(repository.head())):
            for capture in captures(commit, order=order, collection="x"):
                if isinstance(capture, Capture):
                    documents[capture.path].append(capture)
        with repository.blobs() as blobs:
            for path, history in documents.items():
                yield from _judged(path, history, blobs)


def _judged(path: str, history: list[Capture], blobs: BlobReader) -> Iterator[Judged]:
    history.sort(key=lambda capture: (capture.captured_at, capture.order))
    bodies = [blobs.read(capture.body_oid, limit=10**8) for capture in history]
    texts = [body.decode() if isinstance(body, bytes) else "" for body in bodies]
    fingerprints = Fingerprints()
    entries = [
        _entry(place, text, capture, fingerprints)
        for place, (text, capture) in enumerate(zip(texts, history, strict=True))
    ]
    verdicts = classes(entries)
    good = [verdict.key for verdict in verdicts if verdict.is_good]
    language, before = language_of(texts[good[-1]]) if good else "", None
    for verdict in verdicts:
        text = texts[verdict.key]
        refused = gate(
            markdown=text, title="", language=language, found_language=language_of(text), words_before=before,
            url="", final_url="", kind=kind_and_nature(history[0].document)[0],
        )  # fmt: skip
        yield Judged(path, verdict, verdict.key == (good or [-1])[-1], refused.reason if refused else None)
        if verdict.is_good:
            before = entries[verdict.key].words


def _entry(place: int, text: str, capture: Capture, fingerprints: Fingerprints) -> Entry:
    words = fingerprints.of(text)
    return Entry(
        key=place,
        captured_at=capture.captured_at,
        text_hash=hashlib.sha256(text.encode()).digest(),
        word_hash=words.word_hash,
        linkless_hash=words.linkless_hash,
        words=words.count,
        fault=Fault.UNDECODABLE if "\0" in text else fault_of(text, words.count),
        claims_technical=capture.claimed_kind == "technical",
    )


@pytest.mark.corpus
def test_good_versions_of_the_mini_collection_pass(corpus: Path) -> None:
    rows = list(judged(corpus / "versions" / "ota-dev-mini.bundle"))
    refused = [row for row in rows if row.verdict.is_good and row.refusal]
    assert [row.refusal for row in refused] == [Refusal.TRUNCATED]  # one whose later versions confirm the drop
    assert all(row.refusal for row in rows if row.verdict.fault)


@pytest.mark.whole_corpus
def test_latest_versions_of_the_whole_collection_pass(corpus: Path) -> None:
    rows = list(judged(corpus / "versions" / "ota-dev.bundle"))
    # One page of films has taken the place of its terms.
    assert [row.name for row in rows if row.is_latest_good and row.refusal] == ["Allrecipes/Terms of Service.md"]
    assert all(row.refusal for row in rows if row.verdict.fault)
    assert sum(1 for row in rows if row.verdict.kind == "suspect") == 181
