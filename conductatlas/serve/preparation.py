"""What must stand before the first request: each step finds out whether it is still to do."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from conductatlas.serve.curator import make_first_curator
from conductatlas.serve.static import collect_if_changed

# There while the demonstration is being loaded: a run killed in between takes it up again.
DEMONSTRATION_BEGUN = settings.VAR_DIR / "demonstration-unfinished"


def prepare(say: Callable[[str], None]) -> None:
    """Bring tables, taxonomy, demonstration, first curator and static files up to date.

    Two runs at once take turns. `say` is called with a line before what may take long.
    """
    with _turn():
        say("Bringing the tables up to date.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_knowledge", verbosity=0)
        if settings.DEMO and (DEMONSTRATION_BEGUN.exists() or _has_no_platform()):
            say("Loading the demonstration (DEMO=0 leaves it out).")
            DEMONSTRATION_BEGUN.touch()
            call_command("load_demo", verbosity=0)
            DEMONSTRATION_BEGUN.unlink()
        make_first_curator()
        collect_if_changed()


def _has_no_platform() -> bool:
    return not apps.get_model("platforms", "Platform")._default_manager.exists()


@contextmanager
def _turn() -> Iterator[None]:
    settings.VAR_DIR.mkdir(exist_ok=True)
    with (settings.VAR_DIR / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
