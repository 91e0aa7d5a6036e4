"""The layout of Open Terms Archive: `Service/Document type.md`, one commit a version, facts in the message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from platforms.sources.git import Commit

NAME_LIMIT = 150
"""A service or document with a longer name is refused by name."""

_FIRST_LINES = (
    ("technical", re.compile(r"^(?:apply technical|refilter|re-?extract)", re.IGNORECASE)),
    ("first", re.compile(r"^(?:start tracking|first record)", re.IGNORECASE)),
    ("change", re.compile(r"^(?:record new changes|update|record changes)", re.IGNORECASE)),
)
_SOURCE = re.compile(r"^X-source: *(\S+?)@([0-9a-fA-F]{6,64}) *$", re.MULTILINE)
_ENGINE = re.compile(r"^X-engine-version: *(\S+) *$", re.MULTILINE)
_SNAPSHOT = re.compile(r"snapshots? +(https?://\S+|[0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Capture:
    """One version as the archive has it; `body_oid` names its bytes in the repository."""

    service: str
    document: str
    path: str
    captured_at: datetime
    order: int
    claimed_kind: str
    repository: str
    commit: str
    engine: str
    claimed_url: str
    body_oid: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken, by name, with the reason and what to do."""

    name: str
    reason: str


def captures(commit: Commit, *, order: int, collection: str) -> Iterator[Capture | Refused]:
    """Yield what one commit brings. `order` is its place in the history.

    Files outside the layout (a readme, a folder within a folder) are refused by name, never fatal.
    """
    source = _SOURCE.search(commit.message)
    repository, origin = (source.group(1), source.group(2)) if source else (collection, commit.oid)
    engine = _ENGINE.search(commit.message)
    snapshot = _SNAPSHOT.search(commit.message)
    for change in commit.changes:
        named = _named(change.path, change.mode)
        if isinstance(named, Refused):
            yield named
            continue
        service, document = named
        yield Capture(
            service=service,
            document=document,
            path=f"{service}/{document}.md",
            captured_at=commit.committed_at,
            order=order,
            claimed_kind=claimed_kind(commit.message),
            repository=repository,
            commit=origin,
            engine=engine.group(1) if engine and engine.group(1) != "undefined" else "",
            claimed_url=snapshot.group(1) if snapshot and snapshot.group(1).startswith("http") else "",
            body_oid=change.oid,
        )


def claimed_kind(message: str) -> str:
    """Return what the first line of a commit message says of the version: first, change, technical or other."""
    first = message.lstrip().split("\n", 1)[0]
    return next((kind for kind, pattern in _FIRST_LINES if pattern.search(first)), "other")


def _named(path: bytes, mode: str) -> tuple[str, str] | Refused:
    shown = path.decode("utf-8", "backslashreplace")
    if mode not in ("100644", "100755"):
        return Refused(shown, "is a link or a submodule, not a file: store the text itself")
    try:
        parts = path.decode("utf-8").split("/")
    except UnicodeDecodeError:
        return Refused(shown, "has a name that is not UTF-8: rename it in a copy of the repository")
    if len(parts) != 2 or not parts[1].endswith(".md"):
        return Refused(shown, "is not of the form Service/Document.md")
    service, document = parts[0], parts[1].removesuffix(".md")
    if not service.strip() or not document.strip() or not (service + document).isprintable():
        return Refused(shown, "has a name with nothing to read in it, or control characters: rename it in a copy")
    if max(len(service), len(document)) > NAME_LIMIT:
        return Refused(shown, f"has a name longer than {NAME_LIMIT} characters: rename it in a copy")
    return service, document
