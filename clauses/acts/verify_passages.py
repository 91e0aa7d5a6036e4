"""Recomputes what every passage claims, its words at its place in its version, and the hashes of published analyses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from clauses.models import Analysis, Passage
from platforms.acts.verify import Part, Verified, verify_record


def verify_passages(texts: Mapping[int, str], verified: Verified) -> None:
    """Cut text[start:end] for every passage of these texts, by their ids, and compare hash and words."""
    rows = Passage.objects.filter(version__text__in=list(texts)).values_list(
        "pk", "version__text", "start", "end", "sha256", "match", "provision__sha256"
    )
    for pk, text, start, end, sha256, match, provision_hash in rows.iterator(chunk_size=5000):
        words = texts[text][start:end]
        recomputed = hashlib.sha256(words.encode()).digest()
        if len(words) != end - start or recomputed != bytes(sha256):
            verified.faults.append(f"passage {pk} has not the words it claims")
        if match == "exact" and recomputed != bytes(provision_hash):
            verified.faults.append(f"passage {pk} is not exactly its provision")
        verified.passages += 1


def verify_analyses(part: Part, verified: Verified) -> None:
    """Recompute the hash of every published revision."""
    rows = Analysis.objects.numbered().filter(pk__range=(part.first, part.last), erasure=None)
    for pk, record, sha256 in rows.values_list("pk", "record", "sha256"):
        verify_record(f"the record of analysis {pk}", record, sha256, verified)
