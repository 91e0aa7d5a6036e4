"""The name of an installation, by which its data and socket are told from those of every other."""

import fcntl
import secrets
from pathlib import Path

from conductatlas.embedded.files import made_once, replace


def instance_id(base_dir: Path) -> str:
    """Return the id in var/instance-id: made when missing, kept when the checkout moves, new in a copy.

    A copied checkout brings the id of its original along, and would share its database. It is told from a moved
    one by var/instance-path: the recorded place still exists and holds the same id. The copy then gets an id
    of its own, and an empty database.
    """
    var = base_dir / "var"
    found = made_once(var / "instance-id", secrets.token_hex(8))
    here = str(base_dir.resolve())
    if made_once(var / "instance-path", here) == here:
        return found
    with (var / "instance.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = (var / "instance-id").read_text().strip()
        recorded = Path((var / "instance-path").read_text().strip())
        if str(recorded) == here:  # another command was first
            return found
        if _is_another_with(found, recorded, base_dir):
            found = secrets.token_hex(8)
            replace(var / "instance-id", found)
        replace(var / "instance-path", here)
    return found


def _is_another_with(found: str, recorded: Path, base_dir: Path) -> bool:
    try:
        theirs = (recorded / "var" / "instance-id").read_text().strip()
        return theirs == found and not recorded.samefile(base_dir)
    except OSError:
        return False
