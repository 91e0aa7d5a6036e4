"""Writing a backup: one file, in PostgreSQL's own format, of one moment, while the site may be served."""

import os
import secrets
from pathlib import Path

from django.db import connection

from conductatlas.backups.programs import BackupError, conninfo, run
from conductatlas.database import as_owner


def dump(target: Path) -> int:
    """Write the whole database to `target`, and return its size in bytes.

    The file appears when it is complete, and is readable by this user only: it holds accounts. Raises
    BackupError, also where `target` is there already.
    """
    if target.exists():
        raise BackupError(f"{target} is there already, and a backup is never overwritten. Give another name.")
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with as_owner():
            settings = dict(connection.settings_dict)
        run("pg_dump", ["--format=custom", f"--file={aside}", f"--dbname={conninfo(settings)}"], settings)
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        os.link(aside, target)  # fails, as a rename would not, if the file has come meanwhile
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        aside.unlink(missing_ok=True)
    return target.stat().st_size
