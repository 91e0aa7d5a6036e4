"""The first curator, made once."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model

from conductatlas.embedded.files import made_once

NAME = "curator"
PASSWORD_FILE = settings.VAR_DIR / "curator_password"


def make_first_curator() -> bool:
    """Make the account `curator` with all rights, unless some account has them already; say whether it did.

    The password is random, and goes to a file that only this system user may read: written before the
    account, and never again, so that a run killed between the two leaves nothing unusable.
    """
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists() or users.filter(username=NAME).exists():
        return False
    password = made_once(PASSWORD_FILE, secrets.token_urlsafe(18), mode=0o600)
    users.create_superuser(NAME, password=password)
    return True
