"""Small archives in the layout of Open Terms Archive, written with git fast-import."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2024, 1, 1, 6, 0, tzinfo=UTC)
ORIGIN = "Example/versions"


@dataclass(frozen=True)
class Commit:
    """A commit of an archive that writes one file `days` after the start."""

    path: bytes
    body: bytes
    days: float = 0
    message: str = "Record new changes of X"
    mode: str = "100644"


def write_archive(folder: Path, commits: Sequence[Commit], *, trailer: bool = True) -> Path:
    """Write a bare repository with these commits and return its path."""
    subprocess.run(["git", "init", "-q", "--bare", "--initial-branch=main", str(folder)], check=True)
    stream = b""
    for number, commit in enumerate(commits, start=1):
        when = int((START + timedelta(days=commit.days)).timestamp())
        source = f"\n\nX-source: {ORIGIN}@{number:040x}\n" if trailer else ""
        message = (commit.message + source).encode()
        stream += (
            b"commit refs/heads/main\ncommitter Archive <archive@example.org> %d +0000\ndata %d\n%s\n"
            b"M %s inline %s\ndata %d\n%s\n"
        ) % (
            when,
            len(message),
            message,
            commit.mode.encode(),
            b'"' + commit.path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"',
            len(commit.body),
            commit.body,
        )
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=stream, check=True)
    return folder


def policy(*paragraphs: str) -> bytes:
    """Return a text long enough to be one."""
    filler = "We describe in this policy how the service works and what you may expect from us when you use it. "
    return ("# Policy\n\n" + filler * 3 + "\n\n" + "\n\n".join(paragraphs) + "\n").encode()
