"""What ends a child when `serve` ends, however that happens; gunicorn's configuration is nothing but this.

Its standard input is a pipe that `serve` holds open and never writes to; the kernel closes it when `serve` is
killed, and the address does not stay taken by an orphan.
"""

import os
import signal
import threading
from typing import Any


def on_starting(server: Any) -> None:
    """Watch the pipe in gunicorn's first process."""
    threading.Thread(target=end_with_serve, daemon=True).start()


def end_with_serve() -> None:
    """Wait for the pipe to close, then end this process as SIGTERM does."""
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
