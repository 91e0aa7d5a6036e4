"""A PostgreSQL of one's own, from the binaries of a Python package: one command is enough to run the site.

Knows no Django. Settings ask it for `secret_key`, `database` and `owner`, which start nothing; whoever uses
the server stands inside `running`, and the last one to leave stops it.
"""

from conductatlas.embedded.connection import APP, OWNER, database, database_from_url, owner
from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.layout import Layout
from conductatlas.embedded.removal import remove
from conductatlas.embedded.secret import secret_key
from conductatlas.embedded.users import revive, running

__all__ = [
    "APP",
    "OWNER",
    "EmbeddedError",
    "Layout",
    "database",
    "database_from_url",
    "owner",
    "remove",
    "revive",
    "running",
    "secret_key",
]
