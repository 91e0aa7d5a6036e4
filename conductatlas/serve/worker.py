"""The worker as a child of `serve`, started again when it ends by itself.

Run as a module it is the child: procrastinate's worker, and a thread that ends it when `serve` ends (see lifeline).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conductatlas.serve.lifeline import end_with_serve

GRACE = 15  # seconds for visits under way when it is stopped
REST = 5.0  # seconds between two starts, so that one that cannot run does not take the machine


class Worker:
    """A child that should be running."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0

    def keep(self) -> None:
        """Start it if it is not running: at first, and when it ended by itself."""
        if self._child is not None:
            status = self._child.poll()
            if status is None:
                return
            if time.monotonic() - self._started_at < REST:
                return
            self._say(f"The worker had ended with status {status}, and was started again.")
            self._close()
        self._started_at = time.monotonic()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "conductatlas.serve.worker"],
            stdin=subprocess.PIPE,  # the lifeline
            start_new_session=True,  # Ctrl-C reaches `serve`, which stops it in order
        )

    def ask_to_end(self) -> None:
        """Let it finish what it is at, and take nothing more."""
        if self._child is not None:
            self._child.terminate()

    def end(self) -> None:
        """Wait for its end; kill it when it takes too long: what it was at stays due."""
        if self._child is None:
            return
        try:
            self._child.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._close()

    def _close(self) -> None:
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
        self._child = None


@contextmanager
def worker(say: Callable[[str], None]) -> Iterator[Worker]:
    """Have a worker inside the block, by calls of `keep`; it ends with the block."""
    made = Worker(say)
    try:
        yield made
    finally:
        made.ask_to_end()
        made.end()


def main() -> None:
    """Work until told to end."""
    import django
    from django.core.management import call_command

    threading.Thread(target=end_with_serve, daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    django.setup()
    call_command("procrastinate", "worker")


if __name__ == "__main__":
    main()
