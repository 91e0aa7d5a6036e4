"""Starting and stopping the server process; the caller holds the turn (users.py).

The server holds a lock on a file of ours for as long as any of its processes lives: it inherits the open file.
That tells the living from the dead better than a pid file, whose number may be a zombie's or another program's.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from conductatlas.embedded import binaries, cluster, configuration
from conductatlas.embedded.connection import APP, NAME
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import PORT, Layout

PATIENCE = 60.0  # seconds for one start: recovery after a crash may take a while
STOPPING = 30.0  # seconds for a server to write what it must
LOG_LIMIT = 5_000_000


def is_ready(layout: Layout) -> bool:
    """Say whether the server answers."""
    if not _socket(layout).exists():
        return False
    command = [binaries.tool("pg_isready"), "-q", "-h", str(layout.sockets), "-p", str(PORT)]
    return subprocess.run([*command, "-U", APP, "-d", NAME, "-t", "2"]).returncode == 0


def is_alive(layout: Layout) -> bool:
    """Say whether any process of the server lives, answering or not."""
    life = _life(layout)
    if life is not None:
        life.close()
    return life is None


def start(layout: Layout, turn: IO[str]) -> None:
    """Start the server unless it answers already, making the cluster when there is none.

    `turn` is the lock of the caller's turn. Raises EmbeddedError.
    """
    if is_ready(layout):
        return
    layout.make_sockets()
    bin_dir = binaries.for_server(layout)
    life = _wait_for_life(layout)
    if life is None:
        return
    with life:
        cluster.ensure(layout, bin_dir, turn)
        # No process of this cluster lives: what an earlier one left says nothing.
        (layout.data / "postmaster.pid").unlink(missing_ok=True)
        for left in layout.sockets.iterdir():
            left.unlink()
        config = configuration.write(layout)
        command = [str(bin_dir / "postgres"), "-D", str(layout.data), "-c", f"config_file={config}"]
        process = _spawn(layout, command, life)
    deadline = time.monotonic() + PATIENCE
    while not is_ready(layout):
        if process.poll() is not None or time.monotonic() > deadline:
            if process.poll() is None:
                process.terminate()
            raise EmbeddedError(_failure(layout))
        time.sleep(0.02)
    # The server may outlive this process, so subprocess is not to wait for it; `stop` does, if it comes to that.
    process.returncode = 0
    _started[layout] = process.pid


def stop(layout: Layout) -> None:
    """Stop the server, if it runs, letting it write what it must; wait until it is gone."""
    for number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate (recovers at the next start)
        pid = _pid(layout)
        if pid is None or not is_alive(layout):
            return
        if _is_postgres(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + STOPPING
        while is_alive(layout):
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        else:
            if child := _started.pop(layout, None):
                with suppress(ChildProcessError):
                    os.waitpid(child, 0)
            return


def _life(layout: Layout) -> IO[str] | None:
    """Take the lock that a living server holds, or return None while one lives."""
    file = (layout.home / "server.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _wait_for_life(layout: Layout) -> IO[str] | None:
    """Wait for the processes of a killed server to leave, or for a server that is still starting to answer.

    Returns the lock, or None when the server answers.
    """
    deadline = time.monotonic() + PATIENCE
    while (life := _life(layout)) is None:
        if is_ready(layout):
            return None
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"A PostgreSQL holds {layout.data} and does not answer at {layout.sockets}. "
                f"End it, and start again. The end of {layout.log}:\n{last_lines(layout)}"
            )
        time.sleep(0.02)
    return life


def _spawn(layout: Layout, command: list[str], life: IO[str]) -> subprocess.Popen[bytes]:
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
            pass_fds=[life.fileno()],
            start_new_session=True,  # Ctrl-C in the terminal is for the command, not for the server
        )


def _socket(layout: Layout) -> Path:
    return layout.sockets / f".s.PGSQL.{PORT}"


def _pid(layout: Layout) -> int | None:
    try:
        return int((layout.data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_postgres(pid: int) -> bool:
    """Say whether the process of that number is a PostgreSQL: numbers are given again."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        if Path("/proc/self/comm").exists():
            return False
    said = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True).stdout
    return "postgres" in said  # macOS


def _failure(layout: Layout) -> str:
    return (
        f"The embedded PostgreSQL does not start. The end of {layout.log}:\n{last_lines(layout)}\n"
        f"{cluster.free_space(layout)}Mend what it names and start again; or set DATABASE_URL to a server of your own."
    )


def last_lines(layout: Layout, count: int = 8) -> str:
    """Return the end of the server's log, indented."""
    try:
        with layout.log.open("rb") as file:
            file.seek(max(0, layout.log.stat().st_size - 8_000))
            lines = file.read().decode(errors="replace").splitlines()[-count:]
    except OSError:
        lines = []
    return "\n".join(f"    {line}" for line in lines)


_started: dict[Layout, int] = {}  # children of this process, by which it would otherwise keep a zombie
