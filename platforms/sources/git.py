"""Reads a git repository or bundle through git's own plumbing, streaming, without a work tree."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class SourceError(Exception):
    """The source cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit added or changed."""

    mode: str
    oid: str
    path: bytes


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with the files that it added or changed, and the paths that it deleted."""

    oid: str
    committed_at: datetime
    message: str
    changes: tuple[Change, ...]
    deleted: tuple[bytes, ...]


@contextmanager
def opened(source: Path) -> Iterator[Repository]:
    """Open a repository, bare or not, or a bundle (unpacked into a temporary bare repository).

    Raises SourceError when there is none at `source`, or git refuses it.
    """
    if source.is_dir():
        yield Repository(_git_dir(source))
    elif source.is_file():
        with tempfile.TemporaryDirectory(prefix="conductatlas-import-") as folder:
            git_dir = Path(folder) / "bundle.git"
            _run(["init", "--quiet", "--bare", str(git_dir)])
            _run(
                [
                    "fetch",
                    "--quiet",
                    "--no-tags",
                    str(source.resolve()),
                    "+refs/heads/*:refs/heads/*",
                    "+HEAD:refs/bundle/head",
                ],
                git_dir,
                hint=f"{source} is no git bundle, or not a whole one; try: git bundle verify {source}",
            )
            yield Repository(git_dir)
    else:
        raise SourceError(f"there is nothing at {source}; give the path of a git repository or of a git bundle")


class Repository:
    """A readable git directory."""

    def __init__(self, git_dir: Path) -> None:
        self.git_dir = git_dir

    def head(self, branch: str = "") -> str:
        """Return the commit that history is read back from: of `branch`, else of HEAD, else of the only branch."""
        names = (
            [f"refs/heads/{branch}"] if branch else ["HEAD", "refs/bundle/head", "refs/heads/main", "refs/heads/master"]
        )
        for name in names:
            found = _run(["rev-parse", "--quiet", "--verify", f"{name}^{{commit}}"], self.git_dir, check=False)
            if found.strip():
                return found.decode().strip()
        heads = (
            _run(["for-each-ref", "--format=%(objectname) %(refname:short)", "refs/heads"], self.git_dir)
            .decode()
            .split("\n")
        )
        heads = [line for line in heads if line]
        if len(heads) == 1 and not branch:
            return heads[0].split(" ")[0]
        known = ", ".join(line.split(" ", 1)[1] for line in heads) or "none"
        raise SourceError(f"no commit to read from; name a branch with --branch (it has: {known})")

    def count(self, head: str) -> int:
        """Return how many commits `commits` will give."""
        return int(_run(["rev-list", "--count", "--first-parent", head], self.git_dir))

    def commits(self, head: str) -> Iterator[Commit]:
        """Yield the commits from the oldest on, along first parents."""
        command = [
            "log", "--reverse", "--first-parent", "-m", "--topo-order", "--root", "--raw", "-z", "--no-abbrev",
            "--no-renames",
            "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--no-mailmap", "--encoding=UTF-8",
            "--format=%x01%H%x02%cI%x02%B", head,
        ]  # fmt: skip
        with _started(command, self.git_dir) as process:
            assert process.stdout is not None
            yield from _commits(_tokens(process.stdout))
        if process.returncode != 0:
            raise SourceError(f"git log ended with status {process.returncode}; try: git fsck")

    @contextmanager
    def blobs(self) -> Iterator[BlobReader]:
        """Open one `git cat-file --batch` for reading many blobs."""
        with _started(["cat-file", "--batch"], self.git_dir) as process:
            yield BlobReader(process)


class BlobReader:
    """Reads blobs through one process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin, self._stdout = process.stdin, process.stdout

    def read(self, oid: str, *, limit: int) -> bytes | int:
        """Return the bytes of a blob, or just its size where that is over `limit` bytes.

        Raises SourceError where the repository lacks the object.
        """
        self._stdin.write(oid.encode() + b"\n")
        self._stdin.flush()
        header = self._stdout.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            raise SourceError(f"the repository lacks the file content {oid}; it may be a partial clone")
        size = int(header[2])
        if size <= limit:
            body = self._stdout.read(size)
            self._stdout.read(1)
            return body
        left = size + 1
        while left:
            left -= len(self._stdout.read(min(left, 1 << 20)))
        return size


def _tokens(stream: object) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(1 << 18):  # type: ignore[attr-defined]
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _commits(tokens: Iterator[bytes]) -> Iterator[Commit]:
    head: list[bytes] | None = None
    changes: list[Change] = []
    deleted: list[bytes] = []
    for token in tokens:
        stripped = token.lstrip(b"\n")
        if stripped.startswith(b"\x01"):
            if head is not None:
                yield _commit(head, changes, deleted)
            head, changes, deleted = stripped[1:].split(b"\x02", 2), [], []
        elif stripped.startswith(b":"):
            _old_mode, mode, _old_oid, oid, status = stripped[1:].split(b" ")
            path = next(tokens)
            if status == b"D":
                deleted.append(path)
            else:
                changes.append(Change(mode.decode(), oid.decode(), path))
    if head is not None:
        yield _commit(head, changes, deleted)


def _commit(head: list[bytes], changes: list[Change], deleted: list[bytes]) -> Commit:
    oid, when, message = head
    return Commit(
        oid.decode(),
        datetime.fromisoformat(when.decode()),
        message.decode("utf-8", "replace"),
        tuple(changes),
        tuple(deleted),
    )


def _git_dir(source: Path) -> Path:
    for candidate in (source / ".git", source):
        if (candidate / "HEAD").is_file() and (candidate / "objects").is_dir():
            return candidate.resolve()
    if (source / ".git").is_file():
        found = _run(["rev-parse", "--absolute-git-dir"], cwd=source, hint=f"{source} is no git repository")
        return Path(found.decode().strip())
    raise SourceError(f"{source} is no git repository; give its top folder, a bare repository or a bundle file")


def _environment(git_dir: Path | None) -> dict[str, str]:
    """Let git read just this directory whoever owns it ("dubious ownership"), with nothing of it run."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    settings = {
        "core.fsmonitor": "false",
        "core.pager": "cat",
        "core.hooksPath": os.devnull,
        "log.showSignature": "false",
    }
    if git_dir is not None:
        settings["safe.directory"] = str(git_dir)
    pairs = list(settings.items())
    if git_dir is not None and git_dir.name == ".git":
        pairs.append(("safe.directory", str(git_dir.parent)))
    counted = {"GIT_CONFIG_COUNT": str(len(pairs)), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    for number, (key, value) in enumerate(pairs):
        counted[f"GIT_CONFIG_KEY_{number}"] = key
        counted[f"GIT_CONFIG_VALUE_{number}"] = value
    return kept | counted


def _command(arguments: list[str], git_dir: Path | None) -> list[str]:
    return ["git", *([f"--git-dir={git_dir}"] if git_dir else []), *arguments]


def _run(
    arguments: list[str],
    git_dir: Path | None = None,
    *,
    cwd: Path | None = None,
    check: bool = True,
    hint: str = "",
) -> bytes:
    try:
        done = subprocess.run(
            _command(arguments, git_dir),
            capture_output=True,
            env=_environment(git_dir or cwd),
            cwd=cwd,
            check=False,
        )
    except FileNotFoundError:
        raise SourceError("git is not installed; install it and run this again") from None
    if check and done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise SourceError(f"{hint or 'git refused'} ({said})")
    return done.stdout


@contextmanager
def _started(arguments: list[str], git_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        _command(arguments, git_dir), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(git_dir)
    )
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        assert process.stdin is not None
        process.stdin.close()
        assert process.stdout is not None
        process.stdout.close()
        process.wait()
