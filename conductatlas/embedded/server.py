"""Starting and stopping the server process; the caller holds the starting lock."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from conductatlas.embedded import binaries, cluster, configuration
from conductatlas.embedded.connection import APP, NAME
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import PORT, Layout

PATIENCE = 60.0  # seconds for one start: recovery after a crash may take a while
CONTESTED = 10.0  # seconds in which the processes of a killed server may still be leaving
STALE = 7.5  # seconds after which the pid file of something that is no server is taken away
LOG_LIMIT = 5_000_000


def is_ready(layout: Layout) -> bool:
    """Say whether the server answers. A pid file would not do: a zombie's counts as alive."""
    if not (layout.sockets / f".s.PGSQL.{PORT}").exists():
        return False
    command = [binaries.tool("pg_isready"), "-q", "-h", str(layout.sockets), "-p", str(PORT)]
    return subprocess.run([*command, "-U", APP, "-d", NAME, "-t", "2"]).returncode == 0


def start(layout: Layout) -> None:
    """Start the server unless it answers already, making the cluster when there is none."""
    if is_ready(layout):
        return
    layout.make_sockets()
    bin_dir = binaries.for_server(layout)
    cluster.ensure(layout, bin_dir)
    command = [str(bin_dir / "postgres"), "-D", str(layout.data), "-c", f"config_file={configuration.write(layout)}"]
    began = time.monotonic()
    while True:
        seen = layout.log.stat().st_size if layout.log.exists() else 0
        process = _spawn(layout, command)
        if _answers(layout, process):
            return
        if time.monotonic() - began > CONTESTED or not _is_contested(layout, seen):
            raise _failure(layout)
        if time.monotonic() - began > STALE:
            _drop_stale_files(layout)
        time.sleep(0.25)


def stop(layout: Layout) -> None:
    """Stop the server, if it runs, letting it write what it must; wait until it is gone."""
    for number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate (recovers at the next start)
        pid = _pid(layout)
        if pid is None or not _is_postgres(pid):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, number)
        if _is_gone(layout, pid):
            return


def last_lines(layout: Layout, count: int = 8) -> str:
    """Return the end of the server's log, indented."""
    try:
        with layout.log.open("rb") as file:
            file.seek(max(0, layout.log.stat().st_size - 8_000))
            lines = file.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        lines = []
    return "\n".join(f"    {line}" for line in lines)


def _spawn(layout: Layout, command: list[str]) -> subprocess.Popen[bytes]:
    with suppress(FileNotFoundError):
        if layout.log.stat().st_size > LOG_LIMIT:
            os.replace(layout.log, layout.log.with_suffix(".log.1"))
    uid, gid = layout.server_ids
    with layout.log.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=layout.home,
            env=cluster.quiet_environment(),
            user=uid if layout.as_root else None,
            group=gid if layout.as_root else None,
            extra_groups=[] if layout.as_root else None,
            start_new_session=True,  # Ctrl-C in the terminal is for the command, not for the server
        )


def _answers(layout: Layout, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None:
        if is_ready(layout):
            # The process outlives this object on purpose; poll() again is what reaps it if this process stops it.
            _started[layout] = process
            return True
        if time.monotonic() > deadline:
            process.terminate()
            raise _failure(layout)
        time.sleep(0.02)
    return False


def _is_contested(layout: Layout, seen: int) -> bool:
    """Say whether the start failed on what a killed server left: its pid file, socket lock or memory."""
    with layout.log.open("rb") as file:
        file.seek(seen)
        said = file.read().decode(errors="replace")
    return any(words in said for words in ("lock file", "shared memory block", "could not bind Unix"))


def _drop_stale_files(layout: Layout) -> None:
    pid = _pid(layout)
    if pid is None or not _is_postgres(pid):
        (layout.data / "postmaster.pid").unlink(missing_ok=True)
        for left in layout.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)


def _pid(layout: Layout) -> int | None:
    try:
        return abs(int((layout.data / "postmaster.pid").read_text().splitlines()[0]))
    except (OSError, ValueError, IndexError):
        return None


def _is_postgres(pid: int) -> bool:
    """Say whether a living process of that number is a PostgreSQL: numbers are given again after a crash."""
    try:
        name, state = Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
    except (OSError, IndexError, ValueError):
        if Path("/proc/self/stat").exists():
            return False
        done = subprocess.run(["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True)
        return "postgres" in done.stdout and not done.stdout.startswith("Z")
    return name == "postgres" and state.split()[0] != "Z"


def _is_gone(layout: Layout, pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE / 2
    process = _started.get(layout)
    while time.monotonic() < deadline:
        if process is not None:
            process.poll()
        if not _is_postgres(pid):
            _started.pop(layout, None)
            return True
        time.sleep(0.02)
    return False


def _failure(layout: Layout) -> EmbeddedError:
    return EmbeddedError(
        f"The embedded PostgreSQL does not start. The end of {layout.log}:\n{last_lines(layout)}\n"
        f"{cluster.free_space(layout)}Mend what it names and start again; or set DATABASE_URL to a server of your own."
    )


_started: dict[Layout, subprocess.Popen[bytes]] = {}
