"""The cluster: made aside, whole, and only then put in its place."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from conductatlas.embedded import binaries
from conductatlas.embedded.connection import APP, NAME, OWNER
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import Layout

# Each statement of `postgres --single -j` ends with a semicolon and an empty line. TEMP is revoked because a
# temporary table could stand before the real one of the same name in a trigger.
BOOTSTRAP = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB;

CREATE ROLE {APP} LOGIN;

CREATE DATABASE {NAME} OWNER {OWNER};

REVOKE TEMP, CREATE ON DATABASE {NAME} FROM PUBLIC;

"""


def ensure(layout: Layout, bin_dir: Path, turn: IO[str]) -> None:
    """Make the cluster if there is none; the caller holds `turn`.

    What a killed command left half made is thrown away. Raises EmbeddedError with the last lines of what the
    programs said.
    """
    for half in layout.home.glob("new-*"):
        shutil.rmtree(half, ignore_errors=True)
    if layout.data.exists():
        _check(layout, bin_dir)
        return
    aside = layout.home / f"new-{secrets.token_hex(4)}"
    uid, gid = layout.server_ids
    aside.mkdir(mode=0o700)
    os.chown(aside, uid, gid)
    system_locale = "C.UTF-8" if sys.platform == "linux" else "C"
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={system_locale}"]
    initdb = [str(bin_dir / "initdb"), "-D", str(aside), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    _run(layout, turn, [*initdb, *locale])
    _run(layout, turn, [str(bin_dir / "postgres"), "--single", "-j", "-D", str(aside), "postgres"], BOOTSTRAP)
    os.replace(aside, layout.data)


def _check(layout: Layout, bin_dir: Path) -> None:
    uid, _ = layout.server_ids
    if layout.data.stat().st_uid != uid:
        raise EmbeddedError(f"The database in {layout.data} does not belong to user {uid}: give it to that user.")
    try:
        made_by = int((layout.data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise EmbeddedError(
            f"{layout.data} holds no PostgreSQL database. Move it away, or restore it from a backup."
        ) from None
    if made_by != (ours := binaries.major_version(str(bin_dir / "postgres"))):
        raise EmbeddedError(
            f"The database in {layout.data} was made by PostgreSQL {made_by}, and the installed one is {ours}. "
            "Install the earlier release, `make backup FILE=...`, then this one, `make reset`, `make restore FILE=...`."
        )


def _run(layout: Layout, turn: IO[str], command: list[str], statements: str = "") -> None:
    uid, gid = layout.server_ids
    other = {"user": uid, "group": gid, "extra_groups": []} if layout.as_root else {}
    done = subprocess.run(  # type: ignore[call-overload]
        command,
        input=statements,
        text=True,
        cwd=layout.home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=quiet_environment(),
        pass_fds=[turn.fileno()],  # if this process is killed, its turn lasts until the program has ended too
        **other,
    )
    # In single-user mode a failed statement does not fail the command, but it is reported.
    if done.returncode or "ERROR:" in done.stdout or "FATAL:" in done.stdout:
        last = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-8:])
        raise EmbeddedError(
            f"The database could not be made in {layout.home} ({Path(command[0]).name} failed):\n{last}\n"
            f"{free_space(layout)}Mend what it names and start again; nothing half made is kept."
        )


def quiet_environment() -> dict[str, str]:
    """Return this process's environment without what would turn PostgreSQL's programs elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}


def free_space(layout: Layout) -> str:
    """Return a sentence when the disk is nearly full, else nothing."""
    free = shutil.disk_usage(layout.home).free // 1_000_000
    return f"The disk of {layout.home} has only {free} MB left. " if free < 500 else ""
