"""gunicorn as a child of `serve`."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

GRACE = 5  # seconds for requests under way when it is stopped
OPTIONS = {
    "--worker-class": "gthread",
    "--workers": "2",
    "--threads": "4",
    "--graceful-timeout": str(GRACE),
    "--log-level": "warning",
    "--config": "python:conductatlas.serve.lifeline",
}


@contextmanager
def gunicorn(held: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """Serve on the socket `held` inside the block, without an access log; stop after it."""
    command = [sys.executable, "-m", "gunicorn", "conductatlas.wsgi:application", "--no-control-socket"]
    options = [word for pair in OPTIONS.items() for word in pair]
    child = subprocess.Popen(
        [*command, *options, "--bind", f"fd://{held.fileno()}"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,  # the lifeline
        pass_fds=[held.fileno()],
        start_new_session=True,  # Ctrl-C reaches `serve`, which stops it in order
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(GRACE + 5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdin is not None:
            child.stdin.close()
