"""`make serve` has a worker beside the site, brings it back, and takes it along when it ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from conductatlas.embedded import Layout
from tests.embedded.conftest import ask
from tests.embedded.processes import clone, free_port, until
from tests.embedded.test_serve import Site


@pytest.fixture
def checkout(bare: Path) -> Path:
    bare.rmdir()
    return clone(bare)


def workers(site: Site) -> list[int]:
    """Return the processes that `serve` started as its worker."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == site.process.pid and b"conductatlas.serve.worker" in words:
            found.append(int(process.name))
    return found


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}/stat").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")
def test_the_worker_comes_with_the_site_comes_back_and_goes_with_it(checkout):
    site = Site(checkout, free_port(), DEMO="0").wait_ready()
    layout = Layout.of(checkout)
    at_work = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
    until(lambda: ask(layout, at_work))
    [first] = workers(site)
    os.kill(first, signal.SIGKILL)
    until(lambda: workers(site) not in ([], [first]))
    [second] = workers(site)
    until(lambda: ask(layout, at_work) == 2)  # the one that was killed could not sign off
    assert site.stop(signal.SIGINT) == 0
    assert not is_alive(second)

    site = Site(checkout, free_port(), DEMO="0").wait_ready()
    until(lambda: workers(site))
    [orphan] = workers(site)
    site.process.kill()
    site.process.communicate()
    until(lambda: not is_alive(orphan))

    site = Site(checkout, free_port(), DEMO="0", WORKER="0").wait_ready()
    assert site.answers()
    assert workers(site) == []
    assert site.stop(signal.SIGTERM) == 128 + signal.SIGTERM
