"""The site, served as `make serve` does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from tests.embedded.processes import free_port

PATIENCE = 300.0  # seconds; the first start loads the demonstration


@contextmanager
def served() -> Iterator[str]:
    """Serve this installation on a free port inside the block, which is given its address; stop after it.

    Raises RuntimeError where it does not come up.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    print(f"Serving this installation at {url}", file=sys.stderr)
    own = {"HOST": "127.0.0.1", "PORT": str(port), "SITE_URL": url, "DEBUG": "0"}
    command = [sys.executable, "-m", "conductatlas.serve"]
    site = subprocess.Popen(command, cwd=settings.BASE_DIR, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    try:
        _wait(site, url)
        yield url
    finally:
        site.terminate()
        site.wait(30)


def _wait(site: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while site.poll() is None and time.monotonic() < deadline:
        try:
            with fetch(f"{url}/healthz"):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"The site did not answer at {url}; what it said stands above.")


def fetch(url: str, **headers: str) -> urllib.response.addinfourl:
    """Open an address of the site, past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer: urllib.response.addinfourl = opener.open(urllib.request.Request(url, headers=headers), timeout=10)
    return answer
