"""`make serve` from the first run to the last, in a clone, over real HTTP."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from conductatlas.embedded import Layout, server
from tests.embedded.processes import clean_environment, clone, free_port, run, until


class Site:
    """A running `python -m conductatlas.serve`."""

    def __init__(self, checkout: Path, port: int, **env: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "conductatlas.serve"],
            cwd=checkout,
            env={**clean_environment(), "PORT": str(port), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def wait_ready(self) -> Site:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                return self
        raise AssertionError("".join(self.said))

    def health(self) -> dict[str, object]:
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            counts: dict[str, object] = json.load(answer)
            return counts

    def answers(self) -> bool:
        try:
            return bool(self.health())
        except OSError:
            return False

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        self.process.communicate()
        return self.process.returncode


@pytest.fixture
def checkout(bare: Path) -> Path:
    bare.rmdir()
    return clone(bare)


def test_the_first_run_the_second_and_the_end(checkout):
    port = free_port()
    site = Site(checkout, port).wait_ready()
    layout = Layout.of(checkout)
    health = site.health()
    assert health["status"] == "ok"
    assert health["platforms"] > 0  # type: ignore[operator]
    assert f"{site.url}/" in "".join(site.said)
    password = checkout / "var" / "curator_password"
    assert str(password) in "".join(site.said)
    assert password.stat().st_mode & 0o777 == 0o600
    written = password.read_text()

    refused = run(checkout, "-m", "conductatlas.serve", PORT=str(port))
    assert refused.returncode == 1
    assert f"Port {port}" in refused.stderr

    in_use = run(checkout, "-m", "conductatlas.reset", YES="1")
    assert "in use" in in_use.stderr

    assert site.stop(signal.SIGINT) == 0
    assert not site.answers()
    assert not server.is_ready(layout)

    site = Site(checkout, port).wait_ready()
    assert "demonstration" not in "".join(site.said)
    assert site.health() == health
    assert password.read_text() == written

    site.process.kill()  # nothing of it stays behind but the database, which the next command takes over
    site.process.communicate()
    until(lambda: not site.answers())
    site = Site(checkout, port).wait_ready()
    assert site.stop(signal.SIGTERM) == 128 + signal.SIGTERM
    assert not server.is_ready(layout)

    kept = run(checkout, "-m", "conductatlas.reset")
    assert (kept.returncode, layout.home.exists()) == (1, True)
    gone = run(checkout, "-m", "conductatlas.reset", YES="1")
    assert (gone.returncode, layout.home.exists()) == (0, False)


def test_an_address_that_is_none_is_refused_in_words(checkout):
    assert "no address of this machine" in run(checkout, "-m", "conductatlas.serve", HOST="256.1.1.1").stderr
    assert "is no port" in run(checkout, "-m", "conductatlas.serve", PORT="99999").stderr


def test_a_command_says_in_words_what_is_wrong_with_the_database_url(checkout):
    failed = run(checkout, "manage.py", "check", DATABASE_URL="mysql://here")
    assert (failed.returncode, "Traceback" in failed.stderr) == (1, False)
    assert "DATABASE_URL is not a PostgreSQL connection URL" in failed.stderr
    away = run(checkout, "manage.py", "migrate", DATABASE_URL="postgresql://app@127.0.0.1:9/atlas")
    assert (away.returncode, "Traceback" in away.stderr) == (1, False)
    assert "cannot be reached" in away.stderr
