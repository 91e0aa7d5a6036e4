"""Where an installation's server keeps its things, and as whom it runs."""

from __future__ import annotations

import hashlib
import os
import pwd
import tempfile
from dataclasses import dataclass
from pathlib import Path

from conductatlas.embedded.faults import EmbeddedError
from conductatlas.embedded.instance import instance_id

PORT = 5432  # only the name of the socket: the server listens on no address
SYSTEM_HOME = Path("/var/lib")
SOCKET_LIMIT = 107  # bytes of a socket's path (unix(7): sun_path)


@dataclass(frozen=True)
class Layout:
    """The places of one installation, computed without touching any of them but var/instance-id."""

    instance: str
    home: Path  # ours; holds what follows
    sockets: Path  # the server's, 0700: nobody else reaches the server
    as_root: bool

    @classmethod
    def of(cls, base_dir: Path) -> Layout:
        """Return the layout of the checkout at `base_dir`, for the user of this process."""
        instance = instance_id(base_dir)
        as_root = os.getuid() == 0
        home = SYSTEM_HOME / f"conductatlas-{instance}" if as_root else base_dir / "var" / "postgres" / instance
        return cls(instance=instance, home=home, sockets=_sockets(instance), as_root=as_root)

    @property
    def data(self) -> Path:
        """The cluster."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "server.log"

    @property
    def server_ids(self) -> tuple[int, int]:
        """User and group of the server: PostgreSQL refuses to run as root, so there it is `nobody`."""
        if not self.as_root:
            return os.getuid(), os.getgid()
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise EmbeddedError(
                "PostgreSQL does not run as root, and this system has no user `nobody` to run it as. "
                "Run as an ordinary user, or set DATABASE_URL."
            ) from None
        return nobody.pw_uid, nobody.pw_gid

    def make_home(self) -> None:
        """Make the directories that belong to this user, and check that they do."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            if self.as_root:
                self.home.chmod(0o711)  # `nobody` passes through to its data and reads no more
            owner = self.home.stat().st_uid
        except OSError as error:
            raise EmbeddedError(
                f"The database's directory {self.home} cannot be made: {error.strerror}. "
                "Make its parent writable for this user, or set DATABASE_URL to a server of your own."
            ) from error
        if owner != os.getuid():
            raise EmbeddedError(
                f"The database's directory {self.home} belongs to user {owner}, not to {os.getuid()}: "
                "run as that user, or change its owner."
            )

    def make_sockets(self) -> None:
        """Make the socket's directory, and refuse one that somebody else laid there first."""
        uid, gid = self.server_ids
        try:
            self.sockets.mkdir(mode=0o700)
            os.chown(self.sockets, uid, gid)
        except FileExistsError:
            pass
        except OSError as error:
            raise EmbeddedError(f"The socket's directory {self.sockets} cannot be made: {error.strerror}.") from error
        found = self.sockets.lstat()
        if self.as_root and found.st_uid == 0 and self.sockets.is_dir() and not self.sockets.is_symlink():
            os.chown(self.sockets, uid, gid)  # a command was killed between the two lines above
            found = self.sockets.lstat()
        if self.sockets.is_symlink() or not self.sockets.is_dir() or found.st_uid != uid:
            raise EmbeddedError(
                f"{self.sockets} is not a directory of the database's user (it belongs to user {found.st_uid}). "
                "Remove it, and start again."
            )
        self.sockets.chmod(0o700)


def _sockets(instance: str) -> Path:
    """Name the socket's directory: short however long the checkout's path, and the same for every command.

    /tmp itself comes before TMPDIR, which differs between a terminal and a service and may be long.
    """
    name = hashlib.sha256(f"{instance}:{os.getuid()}".encode()).hexdigest()[:16]
    for parent in (Path("/tmp"), Path(tempfile.gettempdir())):  # noqa: S108
        path = parent / f"conductatlas-{name}"
        if os.access(parent, os.W_OK) and len(os.fsencode(path / f".s.PGSQL.{PORT}")) <= SOCKET_LIMIT:
            return path
    raise EmbeddedError("Neither /tmp nor TMPDIR can hold the database's socket: set TMPDIR to a short, writable path.")
