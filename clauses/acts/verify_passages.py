"""Recomputes what every passage claims: its words at its place in its version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from clauses.models import Passage
from platforms.acts.verify import Verified
from platforms.models import StoredText


def verify_passages(verified: Verified, *, progress: Callable[[str, int, int], None]) -> None:
    """Cut text[start:end] for every passage, text by text, and compare hash and words."""
    total = Passage.objects.count()
    texts = Passage.objects.order_by("version__text_id").values_list("version__text_id", flat=True).distinct()
    for text_id in list(texts):
        body = StoredText.objects.values_list("body", flat=True).get(pk=text_id)
        rows = Passage.objects.filter(version__text=text_id).values_list(
            "pk", "start", "end", "sha256", "match", "provision__sha256"
        )
        for pk, start, end, sha256, match, provision_hash in rows:
            words = body[start:end]
            recomputed = hashlib.sha256(words.encode()).digest()
            if len(words) != end - start or recomputed != bytes(sha256):
                verified.faults.append(f"passage {pk} has not the words it claims")
            if match == "exact" and recomputed != bytes(provision_hash):
                verified.faults.append(f"passage {pk} is not exactly its provision")
            verified.passages += 1
        progress("passages recomputed", verified.passages, total)
