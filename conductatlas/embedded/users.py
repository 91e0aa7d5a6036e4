"""Who uses the server: the first to come starts it, the last to leave stops it.

Each process holds a shared lock on one file for as long as it uses the server. Locks vanish with their process
however it ends, so a killed command leaves no count behind. Coming and leaving both happen under a second
lock, so that nobody comes between "I am the last" and the stop.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from conductatlas.embedded import server
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import Layout

TURN = 90.0  # seconds to wait for another command that is starting or stopping the server


@contextmanager
def running(base_dir: Path) -> Iterator[Layout]:
    """Have the embedded server of this checkout running inside the block.

    Raises EmbeddedError when it cannot be started. May be nested, in one process or in several.
    """
    layout = Layout.of(base_dir)
    layout.make_home()
    with _turn(layout) as turn:
        presence = _file(layout, "users.lock")
        fcntl.flock(presence, fcntl.LOCK_SH)
        try:
            server.start(layout, turn)
        except BaseException:
            presence.close()
            raise
    try:
        yield layout
    finally:
        with _turn(layout):
            presence.close()
            if (alone := _alone(layout)) is not None:
                server.stop(layout)
                alone.close()


def revive(layout: Layout) -> bool:
    """Start the server again if it was killed while this process uses it; say whether that was so."""
    if server.is_alive(layout):
        return False
    with _turn(layout) as turn:
        if server.is_alive(layout):  # another command was first
            return False
        server.start(layout, turn)
    return True


@contextmanager
def unused(layout: Layout) -> Iterator[bool]:
    """Keep everyone from coming, and say whether nobody uses the server now."""
    with _turn(layout):
        alone = _alone(layout)
        try:
            yield alone is not None
        finally:
            if alone is not None:
                alone.close()


def _alone(layout: Layout) -> IO[str] | None:
    file = _file(layout, "users.lock")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def _turn(layout: Layout) -> Iterator[IO[str]]:
    with _file(layout, "start.lock") as lock:
        deadline = time.monotonic() + TURN
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedError(
                        f"Another command has been starting or stopping the database for {TURN:.0f} seconds. "
                        f"See {layout.log}, end that command, and start again."
                    ) from None
                time.sleep(0.02)
        yield lock


def _file(layout: Layout, name: str) -> IO[str]:
    try:
        return (layout.home / name).open("a")
    except OSError as error:
        raise EmbeddedError(f"{layout.home / name} cannot be opened: {error.strerror}.") from error
