"""`restore`: the whole database out of one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conductatlas.backups.programs import BackupError
from conductatlas.backups.restore import restore


class Command(BaseCommand):
    help = "Restore the database from a file that `backup` wrote. What is there stays until the new one is whole."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="also where the database holds something")

    def handle(self, *args: Any, **options: Any) -> None:
        backup: Path = options["file"].expanduser().absolute()
        try:
            restore(backup, replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {backup}. Accounts and passwords are those of the backup.")
