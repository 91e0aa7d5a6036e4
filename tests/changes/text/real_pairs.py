"""Pairs of texts that followed on each other in a collection of real policies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from platforms.sources.git import opened


def real_pairs(bundle: Path) -> Iterator[tuple[str, str]]:
    """Yield each version of a document with the one after it where the two differ, in the order of capture."""
    latest: dict[bytes, str] = {}
    with opened(bundle) as repository, repository.blobs() as blobs:
        for commit in repository.commits(repository.head()):
            for change in commit.changes:
                body = blobs.read(change.oid, limit=1 << 30)
                assert isinstance(body, bytes)
                if not change.path.endswith(b".md"):
                    continue
                text = body.decode()
                before = latest.get(change.path, text)
                latest[change.path] = text
                if before != text:
                    yield before, text
