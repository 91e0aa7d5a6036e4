"""Runs commands in processes of their own, against the database that a test uses.

One process loads Django and the reader once, and forks for each command: a test can kill twenty of them without
waiting twenty times for imports.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Self
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

HOLD = """
import os, sys
import django
django.setup()
from django.core.management import call_command, get_commands, load_command_class
from django.db import connections
from clauses.acts.read import read
from platforms.text.language import language_of
language_of("We keep what you give us for twelve months, and then we delete all of it. " * 3)
for name in ("capture", "refresh"):
    load_command_class(get_commands()[name], name)
connections.close_all()
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        call_command(*line.split())
        connections.close_all()
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Forks:
    """A context manager; `begin` starts a command and `end` waits for it."""

    def __enter__(self) -> Self:
        at = connection.settings_dict
        parts = {"host": at["HOST"], "port": at["PORT"]}
        url = f"postgresql://{at['USER']}:{quote(at['PASSWORD'])}@/{at['NAME']}?{urlencode(parts)}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "conductatlas.settings",
                "CAPTURE_PRIVATE_RANGES": "127.0.0.0/8",
                "CAPTURE_SECONDS_BETWEEN_REQUESTS": "0",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def begin(self, command: str) -> int:
        """Start a command and return the number of its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """Wait for the command and return its exit status, negative for a signal."""
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()
