"""Collecting the static files, when they are not those collected last."""

import hashlib

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from conductatlas.embedded.files import replace

STAMP = settings.VAR_DIR / "static.stamp"


def collect_if_changed() -> None:
    """Collect, compress and name the static files by their content; the stamp is written last."""
    stamp = _stamp()
    if STAMP.exists() and STAMP.read_text().strip() == stamp and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    # Cleared: a file that was collected later than a release changed it would be taken for that release's.
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    replace(STAMP, stamp)


def _stamp() -> str:
    """Return a hash of names, sizes and times: reading the files would take longer than collecting saves.

    Times in whole seconds: a container's image keeps no finer ones.
    """
    found = hashlib.sha256(f"{django.__version__} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found.update(f"{name} {storage.size(name)} {int(storage.get_modified_time(name).timestamp())}\n".encode())
    return found.hexdigest()
