"""Real processes for tests: commands that use an embedded server, and waiting for what they say."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

HOLD = """
import sys
from pathlib import Path
from conductatlas.embedded import running
with running(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


class Holder:
    """A process that uses the server of `base` until it is let go."""

    def __init__(self, base: Path, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(base)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, **(env or {})},
        )

    def wait_ready(self) -> Holder:
        """Wait until the server runs."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line != "ready\n":
            self.process.wait()
            assert self.process.stderr is not None
            raise AssertionError(self.process.stderr.read())
        return self

    def let_go(self) -> None:
        """End the block, and wait for the process."""
        _, complaint = self.process.communicate()
        assert self.process.returncode == 0, complaint

    def kill(self) -> None:
        """Kill it as the kernel would."""
        self.process.kill()
        self.process.communicate()


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait for a condition; a test that never meets it fails."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still not so: {condition}"
        time.sleep(0.02)


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """Return this process's environment without what steers an installation."""
    steering = {"HOST", "PORT", "SITE_URL", "DATABASE_URL", "DATABASE_OWNER_URL", "DEMO", "SECRET_KEY", "YES"}
    return {key: value for key, value in os.environ.items() if key not in steering}


def clone(target: Path) -> Path:
    """Copy the project's files, and nothing that was made from them, to `target`."""
    made = {".venv", "var", ".git", "node_modules", "__pycache__", ".env", "docs", "tests"}
    shutil.copytree(settings.BASE_DIR, target, ignore=lambda folder, names: made.intersection(names))
    return target


def run(checkout: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a checkout, and return what came of it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env={**clean_environment(), **env},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
