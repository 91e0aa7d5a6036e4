"""The secret key of an installation."""

import secrets
from pathlib import Path

from conductatlas.embedded.files import made_once


def secret_key(var_dir: Path) -> str:
    """Return the key in `var_dir`/secret_key, made at the first call and readable by its owner only."""
    path = var_dir / "secret_key"
    key = made_once(path, secrets.token_urlsafe(50), mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return key
