"""The server's configuration, written anew before each start and kept out of the server's own reach."""

from __future__ import annotations

import os
import pwd

from conductatlas.embedded.connection import APP, OWNER
from conductatlas.embedded.files import replace
from conductatlas.embedded.layout import PORT, Layout

SETTINGS = {
    "listen_addresses": "",  # socket only
    "port": str(PORT),
    "max_connections": "40",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "fsync": "on",
    "jit": "off",  # costs more than it gains on pages
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
    "default_text_search_config": "pg_catalog.simple",
}


def write(layout: Layout) -> str:
    """Write postgresql.conf, pg_hba.conf and pg_ident.conf, and return the path of the first.

    The superuser of the bootstrap has no line: nobody connects as it. The two roles are given to the system
    user of this process: by `peer` where it has a name, else by the 0700 of the socket's directory alone.
    """
    hba, ident = layout.home / "pg_hba.conf", layout.home / "pg_ident.conf"
    try:
        user = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        method, map_lines = "trust", ""
    else:
        method, map_lines = "peer map=ca", "\n".join(f'ca "{user}" {role}' for role in (OWNER, APP))
    places = {"hba_file": hba, "ident_file": ident, "unix_socket_directories": layout.sockets}
    lines = [f"{name} = {_quoted(value)}" for name, value in [*SETTINGS.items(), *places.items()]]
    replace(hba, f"local all {OWNER},{APP} {method}")
    replace(ident, map_lines)
    main = layout.home / "postgresql.conf"
    replace(main, "\n".join(lines))
    return str(main)


def _quoted(value: object) -> str:
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"
