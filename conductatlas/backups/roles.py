"""Grants of a backup, said for the roles of the server it is restored on."""

import re
import tempfile
from pathlib import Path

from conductatlas.backups.programs import BackupError, run

_GRANTEE = re.compile(r"(?:\bTO|\bFROM) (\"(?:[^\"]|\"\")+\"|\w+);$", re.MULTILINE)
_LISTED = re.compile(r"^\d+; \d+ \d+ (?P<kind>(?:DEFAULT )?ACL) (?P<rest>.*)$", re.MULTILINE)


def grants(backup: Path, owner: str, app: str) -> str:
    """Return the SQL of the backup's grants with its two roles replaced by `owner` and `app`.

    Owner is whom the entries name, app the one other role that was granted anything. Raises BackupError where
    there are several others: those must be granted by hand.
    """
    listed = list(_LISTED.finditer(run("pg_restore", ["--list", backup])))
    if not listed:
        return ""
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(entry.group(0) for entry in listed) + "\n")
        chosen.flush()
        script = run("pg_restore", ["--file=-", f"--use-list={chosen.name}", backup])
    statements = "\n".join(line for line in script.splitlines() if not line.startswith("\\"))  # psql's own words
    # The owner is the last word of an entry; a schema belongs to a role of PostgreSQL's own.
    owners = {entry.group("rest").rsplit(" ", 1)[-1] for entry in listed} - {"pg_database_owner"}
    found = {name.strip('"') for name in _GRANTEE.findall(statements)} - owners - {"PUBLIC", "pg_database_owner"}
    if len(owners) > 1 or len(found) > 1:
        raise BackupError(
            f"The backup grants rights to more than two roles ({', '.join(sorted(owners | found))}). "
            "Restore it with pg_restore, and grant by hand."
        )
    renamed = dict.fromkeys(owners, owner) | dict.fromkeys(found, app)
    return _replaced(statements, renamed)


def _replaced(statements: str, renamed: dict[str, str]) -> str:
    """Replace role names where a role stands: after TO, FROM and FOR ROLE."""
    if not renamed:
        return statements
    names = "|".join(re.escape(name) for name in renamed)
    role = re.compile(rf'(\b(?:TO|FROM|FOR ROLE)) "?({names})"?(?=[ ;])')
    return role.sub(lambda match: f'{match.group(1)} "{renamed[match.group(2)]}"', statements)
