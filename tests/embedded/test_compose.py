"""The database of compose.yaml, made by its own file, and the site on it with its two roles."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from conductatlas.embedded import Layout, binaries
from tests.container import ROOT, compose
from tests.embedded.processes import clean_environment, clone, free_port, until
from tests.embedded.test_serve import Site

PASSWORDS = {"CA_OWNER_PASSWORD": "owners", "CA_APP_PASSWORD": "applications"}


def url(name: str, port: int) -> str:
    """Return a URL of compose.yaml as compose makes it, with the server's address here."""
    template = compose()["services"]["site"]["environment"][name]
    filled = re.sub(r"\$\{(\w+)\}", lambda found: PASSWORDS[found[1]], template)
    return filled.replace("@db:5432/", f"@127.0.0.1:{port}/")


@pytest.fixture
def database(base: Path) -> Iterator[int]:
    """Do as the image postgres does on an empty volume, and give the port."""
    layout, port = Layout.of(base), free_port()
    layout.make_sockets()
    programs, (uid, gid), data = binaries.for_server(layout), layout.server_ids, layout.home / "as-in-compose"
    data.mkdir(mode=0o700)
    os.chown(data, uid, gid)
    as_server: dict[str, Any] = {"user": uid, "group": gid, "extra_groups": []} if layout.as_root else {}
    initdb = [str(programs / "initdb"), f"--pgdata={data}", "--username=postgres"]
    initdb += ["--auth-local=trust", "--auth-host=scram-sha-256"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=layout.home, **as_server)
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": layout.sockets}
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(data), *words]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=layout.home, **as_server)
    try:
        _, pg_isready, *asked = compose()["services"]["db"]["healthcheck"]["test"]
        healthy = [binaries.tool(pg_isready), "-q", *asked, f"--port={port}"]
        until(lambda: subprocess.run(healthy).returncode == 0)
        psql = [binaries.tool("psql"), "-v", "ON_ERROR_STOP=1", "-qXw", "-h", str(layout.sockets), "-p", str(port)]
        for what in ("--command=ALTER ROLE postgres PASSWORD 'owners'", f"--file={ROOT / 'scripts' / 'roles.sql'}"):
            subprocess.run([*psql, "-U", "postgres", what], check=True, env={**clean_environment(), **PASSWORDS})
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def test_the_site_serves_with_composes_two_roles(database, tmp_path):
    app, owner = (url(name, database) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    checkout = clone(tmp_path / "site")
    site = Site(checkout, free_port(), DEMO="0", DATABASE_URL=app, DATABASE_OWNER_URL=owner).wait_ready()
    assert site.health()["status"] == "ok"

    with psycopg.connect(app, autocommit=True) as connection:
        roles = "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolcanlogin"
        assert set(connection.execute(roles)) == {
            ("postgres", True, True, True, True),
            ("ca_owner", False, False, True, False),
            ("ca_app", False, False, False, False),
        }
        owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(owners).fetchall() == [("ca_owner",)]
        for statement in (
            "UPDATE platforms_version SET id = id",
            "CREATE TEMP TABLE x (y int)",
            "CREATE TABLE x (y int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(app.replace("ca_app:applications", "postgres:owners"))
    assert site.stop(signal.SIGTERM) == 128 + signal.SIGTERM
