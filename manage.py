#!/usr/bin/env python3
"""Django's command line, with the embedded PostgreSQL running while a command runs."""

import os
import signal
import sys


def main() -> None:
    """Run one management command, and stop the embedded server after it unless others use it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    from conductatlas.embedded import EmbeddedError

    # A killed command unwinds, so that it does not leave the server running.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        from django.core.management import execute_from_command_line

        from conductatlas.database import server

        with server():
            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
