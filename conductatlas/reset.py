"""`python -m conductatlas.reset`: delete this installation's embedded database."""

import os
import sys

from conductatlas.embedded import EmbeddedError, Layout, remove


def main() -> None:
    """Ask (YES=1: do not), and delete."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    try:
        from django.conf import settings

        if not settings.EMBEDDED_DATABASE:
            sys.exit("DATABASE_URL is set: this deletes only the embedded database. Drop your own yourself.")
        home = Layout.of(settings.BASE_DIR).home
        if not home.exists():
            sys.exit(f"There is no database in {home}: nothing to delete.")
        if os.environ.get("YES") != "1" and not _confirmed(f"Delete the database in {home}, for good? Type yes: "):
            sys.exit("Nothing was deleted.")
        remove(settings.BASE_DIR)
        print(f"Deleted {home}. `make serve` begins with an empty database.")
    except EmbeddedError as error:
        sys.exit(str(error))


def _confirmed(question: str) -> bool:
    try:
        return input(question).strip().lower() == "yes"
    except EOFError:
        return False


if __name__ == "__main__":
    main()
