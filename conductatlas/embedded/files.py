"""Files that are made once, by whichever of several processes comes first."""

import fcntl
import os
import secrets
from pathlib import Path

from conductatlas.embedded.faults import EmbeddedError


def made_once(path: Path, content: str, mode: int = 0o644) -> str:
    """Return what `path` holds, making it with `content` if it is missing.

    Two processes at once get the same answer, and none sees a half-written file. Raises EmbeddedError where
    that is not allowed.
    """
    try:
        if found := _read(path):
            return found
        path.parent.mkdir(parents=True, exist_ok=True)
        with (path.parent / "making.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (found := _read(path)):  # missing, or empty: the leaving of a full disk
                replace(path, content, mode)
                found = content
            return found
    except PermissionError as error:
        raise EmbeddedError(
            f"{path} cannot be read or made: {error.strerror}. It belongs to another user; run as that user, "
            f"or change the owner of {path.parent}."
        ) from error
    except OSError as error:
        raise EmbeddedError(f"{path} cannot be made: {error.strerror}.") from error


def replace(path: Path, content: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all."""
    aside = _aside(path, content, mode)
    os.replace(aside, path)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""


def _aside(path: Path, content: str, mode: int) -> Path:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    return aside
