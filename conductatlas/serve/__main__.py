"""`python -m conductatlas.serve`: everything that serving takes, started and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import Any

from conductatlas.embedded import EmbeddedError, Layout, revive
from conductatlas.serve.address import AddressError, hold
from conductatlas.serve.worker import Worker

PATIENCE = 60.0  # seconds for gunicorn's first answer
DJANGO_SETTINGS = "conductatlas.settings"


def main() -> None:
    """Serve until Ctrl-C or SIGTERM, and stop what was started."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _unwind)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    try:
        import django
        from django.conf import settings

        with hold(settings.HOST, settings.PORT) as held:
            django.setup()
            _serve(held)
    except (EmbeddedError, AddressError) as error:
        sys.exit(str(error))
    except Exception as error:
        from django.core.management.base import CommandError

        if isinstance(error, CommandError):
            sys.exit(str(error))
        raise


def _serve(held: socket.socket) -> None:
    from django.conf import settings
    from django.db import connections

    from conductatlas.database import server
    from conductatlas.serve.gunicorn import gunicorn
    from conductatlas.serve.preparation import prepare
    from conductatlas.serve.worker import worker

    _say("Starting the database.")
    try:
        with server() as layout:
            prepare(_say)
            connections.close_all()
            with worker(_say) as beside, gunicorn(held) as child:
                _wait_for_answer(child, held)
                _say_where()
                _watch(child, beside if settings.WORKER else None, layout)
    finally:
        _say("Stopped.")


def _wait_for_answer(child: subprocess.Popen[bytes], held: socket.socket) -> None:
    host, port = held.getsockname()[:2]
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    url = f"http://[{there}]:{port}/healthz" if ":" in there else f"http://{there}:{port}/healthz"
    request = urllib.request.Request(url, headers={"Host": "localhost"})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < deadline:
        try:
            with opener.open(request, timeout=10):
                return
        except urllib.error.HTTPError:
            return  # it answers: what it says is for the reader of the page
        except OSError:
            time.sleep(0.05)
    if child.poll() is None:
        raise EmbeddedError(f"The site did not answer at {url} within {PATIENCE:.0f} seconds.")


def _say_where() -> None:
    from django.conf import settings
    from django.urls import reverse

    from conductatlas.serve.curator import NAME, PASSWORD_FILE

    _say(f"ConductAtlas is at {settings.SITE_URL}/")
    if PASSWORD_FILE.exists():
        _say(f"Curators work at {settings.SITE_URL}{reverse('admin:index')}: sign in as {NAME},")
        _say(f"with the password in {PASSWORD_FILE}")
    _say("Ctrl-C stops it.")


def _watch(child: subprocess.Popen[bytes], beside: Worker | None, layout: object) -> None:
    """Wait for gunicorn; bring the embedded server and the worker back if something killed them."""
    while True:
        if beside is not None:
            beside.keep()
        try:
            sys.exit(f"gunicorn ended by itself with status {child.wait(timeout=1)}.")
        except subprocess.TimeoutExpired:
            if isinstance(layout, Layout) and revive(layout):
                _say("The database had been killed, and was started again.")


def _unwind(number: int, frame: Any) -> None:
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, signal.SIG_IGN)  # stopping is under way
    sys.exit(0 if number == signal.SIGINT else 128 + number)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
